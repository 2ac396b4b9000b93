package org.touchstone.models;

import java.util.Objects;

/**
 * The part of a picture that a model looks at.
 *
 * @param margin the share of its size that a face box grows on each side
 * @param minSize smallest face it can judge, pixels of the shorter side of its box
 */
public record Region(Kind kind, double margin, int minSize) {
  public Region {
    Objects.requireNonNull(kind, "kind");
  }

  /** The kind of part. */
  public enum Kind {
    FRAME,
    FACE
  }
}
