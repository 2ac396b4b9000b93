package org.touchstone.models;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The quality of what a detector looked at, as far as it is known.
 *
 * @param shortEdge the picture's shorter side, pixels
 * @param face size of the faces, pixels of the shorter side of a face's box; where there are
 *     several, their median if people are told apart, otherwise the smallest
 * @param compression how much the medium was compressed
 */
public record InputQuality(
    OptionalInt shortEdge, OptionalInt face, Optional<Compression> compression) {
  /** Nothing is known. */
  public static final InputQuality UNKNOWN =
      new InputQuality(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());

  public InputQuality {
    Objects.requireNonNull(shortEdge, "shortEdge");
    Objects.requireNonNull(face, "face");
    Objects.requireNonNull(compression, "compression");
  }

  /** The same, with faces of a size. */
  public InputQuality withFace(int pixels) {
    return new InputQuality(shortEdge, OptionalInt.of(pixels), compression);
  }
}
