package org.touchstone.detectors.pixels;

/**
 * A part of a picture.
 *
 * @param x left edge, pixels
 * @param y top edge, pixels
 * @param width pixels
 * @param height pixels
 */
public record Rectangle(int x, int y, int width, int height) {
  public Rectangle {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("an empty rectangle");
    }
  }

  /** All of a picture. */
  public static Rectangle of(RgbImage image) {
    return new Rectangle(0, 0, image.width(), image.height());
  }

  /**
   * This rectangle grown on each side by a share of its size, as far as the picture goes.
   *
   * @param margin 0.5 makes it twice as wide and as high
   */
  public Rectangle grown(double margin, RgbImage within) {
    int left = Math.max(0, (int) Math.rint(x - margin * width));
    int top = Math.max(0, (int) Math.rint(y - margin * height));
    int right = Math.min(within.width(), (int) Math.rint(x + (1 + margin) * width));
    int bottom = Math.min(within.height(), (int) Math.rint(y + (1 + margin) * height));
    return new Rectangle(left, top, right - left, bottom - top);
  }

  /** This rectangle, or its middle if one side is more than {@code proportion} times the other. */
  public Rectangle notLongerThan(int proportion) {
    int newWidth = (int) Math.min(width, (long) proportion * height);
    int newHeight = (int) Math.min(height, (long) proportion * width);
    return new Rectangle(
        x + (width - newWidth) / 2, y + (height - newHeight) / 2, newWidth, newHeight);
  }
}
