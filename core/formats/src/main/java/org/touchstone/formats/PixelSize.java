package org.touchstone.formats;

/**
 * A picture's size.
 *
 * @param width pixels, positive
 * @param height pixels, positive
 */
public record PixelSize(int width, int height) {

  /**
   * The size that a file claims.
   *
   * @throws FormatException when a side is not positive or does not fit into 31 bits
   */
  public static PixelSize of(long width, long height) throws FormatException {
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new FormatException("no size");
    }
    return new PixelSize((int) width, (int) height);
  }

  /** Width times height. */
  public long pixels() {
    return (long) width * height;
  }

  /**
   * The size of the picture as shown.
   *
   * @param quarter whether the picture is shown turned by 90 or 270 degrees
   */
  public PixelSize turned(boolean quarter) {
    return quarter ? new PixelSize(height, width) : this;
  }
}
