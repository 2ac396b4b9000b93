package org.touchstone.formats;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The part of a picture in AVIF or HEIC that is to be shown.
 *
 * @param x left edge, pixels
 * @param y top edge, pixels
 * @param size of the part
 */
public record HeifCrop(int x, int y, PixelSize size) {
  private static final int BYTES = 32;

  /** Fractions of width, height, and of the offset of the part's middle from the picture's. */
  static Optional<HeifCrop> of(ByteBuffer clap, PixelSize stored) {
    if (clap.remaining() < BYTES) {
      return Optional.empty();
    }
    long width = Math.round(fraction(clap));
    long height = Math.round(fraction(clap));
    long x = Math.round((stored.width() - width) / 2.0 + fraction(clap));
    long y = Math.round((stored.height() - height) / 2.0 + fraction(clap));
    boolean inside =
        width > 0
            && height > 0
            && x >= 0
            && y >= 0
            && width <= stored.width() - x
            && height <= stored.height() - y;
    return inside
        ? Optional.of(new HeifCrop((int) x, (int) y, new PixelSize((int) width, (int) height)))
        : Optional.empty();
  }

  /** NaN without a denominator, which rounds to 0. */
  private static double fraction(ByteBuffer in) {
    double numerator = in.getInt();
    int denominator = in.getInt();
    return denominator == 0 ? Double.NaN : numerator / denominator;
  }
}
