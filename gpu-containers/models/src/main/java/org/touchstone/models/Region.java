package org.touchstone.models;

import java.util.Objects;
import java.util.Optional;

/**
 * The part of a picture that a model looks at.
 *
 * @param margin the share of its size that a face box grows on each side
 * @param minSize smallest face it can judge, pixels of the shorter side of its box
 * @param doubtfulBelow faces smaller than this, in pixels, or strongly compressed ones, mean
 *     "uncertain" at most; 0 for none
 * @param align how faces are turned and scaled; absent when boxes are cut out
 * @param maxFaces most faces of a frame that are looked at, the largest; 0 for all
 */
public record Region(
    Kind kind,
    double margin,
    int minSize,
    int doubtfulBelow,
    Optional<Alignment> align,
    int maxFaces) {
  /** All of a picture. */
  public static final Region FRAME = of(Kind.FRAME, 0, 0);

  public Region {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(align, "align");
  }

  /** A part that is cut out as it is. */
  public static Region of(Kind kind, double margin, int minSize) {
    return new Region(kind, margin, minSize, 0, Optional.empty(), 0);
  }

  /** The kind of part. */
  public enum Kind {
    FRAME,
    FACE
  }

  /**
   * Faces laid onto a template by five points: eyes, nose and corners of the mouth.
   *
   * @param size side of the aligned picture, pixels
   * @param scale by how much more than the template the picture shows; 1.3 is 30 % more
   */
  public record Alignment(int size, double scale) {
    /** The only way to align in a manifest. */
    static final String FIVE_POINT = "five-point";

    /** GenD's picture, pixels. */
    static final int SIZE = 256;

    /** GenD's scale. */
    static final double SCALE = 1.3;

    public Alignment {
      if (size < 1 || !(scale > 0)) {
        throw new IllegalArgumentException("an aligned picture has a size");
      }
    }
  }
}
