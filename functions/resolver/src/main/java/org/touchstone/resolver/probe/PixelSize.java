package org.touchstone.resolver.probe;

/**
 * A picture's size.
 *
 * @param width pixels, positive
 * @param height pixels, positive
 */
record PixelSize(int width, int height) {

  /**
   * @throws CorruptException when a side is not positive or beyond 31 bits
   */
  static PixelSize of(long width, long height) throws CorruptException {
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new CorruptException("no size");
    }
    return new PixelSize((int) width, (int) height);
  }

  long pixels() {
    return (long) width * height;
  }

  /**
   * @param quarter whether the picture is shown turned by 90 or 270 degrees
   */
  PixelSize turned(boolean quarter) {
    return quarter ? new PixelSize(height, width) : this;
  }
}
