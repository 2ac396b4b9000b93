package org.touchstone.detectors.pixels;

import java.util.Objects;

/**
 * A picture in memory.
 *
 * @param width pixels
 * @param height pixels
 * @param data unsigned bytes in the order height, width, channel (R, G, B), without padding; not
 *     copied, so never to be changed
 */
public record RgbImage(int width, int height, byte[] data) {
  public static final int CHANNELS = 3;
  private static final int MAX = 0xff;

  public RgbImage {
    Objects.requireNonNull(data, "data");
    if (width < 1 || height < 1 || data.length != (long) width * height * CHANNELS) {
      throw new IllegalArgumentException(
          "%d bytes are no %d x %d picture".formatted(data.length, width, height));
    }
  }

  /** What a sample, 0..255, of a given opacity, 0..255, looks like on a white page. */
  public static int overWhite(int sample, int alpha) {
    return (sample * alpha + MAX * (MAX - alpha) + MAX / 2) / MAX;
  }

  /** One channel of one pixel, 0..255. */
  public int sample(int x, int y, int channel) {
    return data[(y * width + x) * CHANNELS + channel] & 0xff;
  }
}
