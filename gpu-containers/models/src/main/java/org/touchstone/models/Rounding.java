package org.touchstone.models;

/** How a fraction of a pixel is rounded. */
public enum Rounding {
  /** To the nearest whole number, halves to the even one, as Python's {@code round}. */
  HALF_EVEN,
  /** Towards the smaller number, as Python's {@code //}. */
  DOWN
}
