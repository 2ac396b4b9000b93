package org.touchstone.models;

/** How a picture is made to fit an input of another shape. */
public enum Fit {
  /** Each side is scaled on its own. */
  STRETCH,
  /** Scaled until it covers the input, then the middle is cut out. */
  COVER,
  /** The middle is cut out unscaled, on black where the picture is smaller. */
  CROP
}
