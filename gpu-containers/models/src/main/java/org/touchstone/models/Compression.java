package org.touchstone.models;

/** How much a medium was compressed. */
public enum Compression {
  LIGHT,
  /** A JPEG of a quality below about 50, or a video of fewer than 0.05 bits for each pixel. */
  STRONG
}
