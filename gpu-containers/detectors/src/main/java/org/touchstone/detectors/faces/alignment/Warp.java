package org.touchstone.detectors.faces.alignment;

import org.touchstone.detectors.pixels.RgbImage;

/**
 * Pictures turned, scaled and shifted with linear interpolation, byte for byte as in OpenCV 4.6,
 * with which networks were trained: places to 1/32 of a pixel, weights to 1/32768. OpenCV itself
 * calculates differently from 4.11 on.
 */
public final class Warp {
  /** Fractions of a pixel in which rows and columns are first calculated. */
  private static final int COARSE = 1 << 10;

  /** From those fractions to the ones that are interpolated. */
  private static final int FINE_SHIFT = 5;

  private static final int FINE = 1 << FINE_SHIFT;
  private static final int WEIGHT_SHIFT = 15;

  private Warp() {}

  /**
   * Fills a square.
   *
   * @param toSource from the square's pixels to those of the source
   * @param left left edge of the picture in the source, pixels; around it the source is black
   * @param top top edge, likewise
   * @param target gets {@code 3 * side * side} bytes from {@code offset} on
   */
  public static void fill(
      Similarity toSource,
      RgbImage picture,
      int left,
      int top,
      int side,
      byte[] target,
      int offset) {
    int[] alongX = new int[side];
    int[] alongY = new int[side];
    for (int x = 0; x < side; x++) {
      alongX[x] = coarse(toSource.cos() * x);
      alongY[x] = coarse(-toSource.sin() * x);
    }
    int round = FINE / 2;
    int at = offset;
    for (int y = 0; y < side; y++) {
      int rowX = coarse(toSource.sin() * y + toSource.shiftX()) + round;
      int rowY = coarse(toSource.cos() * y + toSource.shiftY()) + round;
      for (int x = 0; x < side; x++) {
        int u = rowX + alongX[x] >> FINE_SHIFT;
        int v = rowY + alongY[x] >> FINE_SHIFT;
        interpolate(
            picture,
            (u >> FINE_SHIFT) - left,
            (v >> FINE_SHIFT) - top,
            u & FINE - 1,
            v & FINE - 1,
            target,
            at);
        at += RgbImage.CHANNELS;
      }
    }
  }

  private static int coarse(double pixels) {
    return (int) Math.rint(pixels * COARSE);
  }

  private static void interpolate(
      RgbImage picture, int x, int y, int rightPart, int lowerPart, byte[] target, int at) {
    int width = picture.width();
    int height = picture.height();
    if (x < -1 || y < -1 || x >= width || y >= height) {
      return;
    }
    int upper = FINE * (FINE - lowerPart);
    int lower = FINE * lowerPart;
    byte[] data = picture.data();
    int from = (y * width + x) * RgbImage.CHANNELS;
    int row = width * RgbImage.CHANNELS;
    boolean hasLeft = x >= 0;
    boolean hasRight = x + 1 < width;
    boolean hasUpper = y >= 0;
    boolean hasLower = y + 1 < height;
    for (int c = 0; c < RgbImage.CHANNELS; c++) {
      int sum = 1 << WEIGHT_SHIFT - 1;
      if (hasUpper && hasLeft) {
        sum += upper * (FINE - rightPart) * (data[from + c] & 0xff);
      }
      if (hasUpper && hasRight) {
        sum += upper * rightPart * (data[from + RgbImage.CHANNELS + c] & 0xff);
      }
      if (hasLower && hasLeft) {
        sum += lower * (FINE - rightPart) * (data[from + row + c] & 0xff);
      }
      if (hasLower && hasRight) {
        sum += lower * rightPart * (data[from + row + RgbImage.CHANNELS + c] & 0xff);
      }
      target[at + c] = (byte) (sum >> WEIGHT_SHIFT);
    }
  }
}
