package org.touchstone.detectors.pixels;

import java.util.Objects;
import org.touchstone.formats.Orientation;

/**
 * A picture in memory.
 *
 * @param width pixels
 * @param height pixels
 * @param data unsigned bytes in the order height, width, channel (R, G, B), without padding; not
 *     copied, so it must not be changed
 */
public record RgbImage(int width, int height, byte[] data) {
  public static final int CHANNELS = 3;
  private static final int MAX = 0xff;

  public RgbImage {
    Objects.requireNonNull(data, "data");
    if (width < 1 || height < 1 || data.length != (long) width * height * CHANNELS) {
      throw new IllegalArgumentException(
          "%d bytes are not a %d x %d picture".formatted(data.length, width, height));
    }
  }

  /** A sample, 0..255, of a given opacity, 0..255, blended with white. */
  public static int overWhite(int sample, int alpha) {
    return (sample * alpha + MAX * (MAX - alpha) + MAX / 2) / MAX;
  }

  /** One channel of one pixel, 0..255. */
  public int sample(int x, int y, int channel) {
    return data[(y * width + x) * CHANNELS + channel] & 0xff;
  }

  /** A part of the picture, which must lie within it. */
  public RgbImage part(Rectangle part) {
    if (part.equals(Rectangle.of(this))) {
      return this;
    }
    byte[] to = new byte[part.width() * part.height() * CHANNELS];
    int row = part.width() * CHANNELS;
    for (int y = 0; y < part.height(); y++) {
      int from = ((part.y() + y) * width + part.x()) * CHANNELS;
      System.arraycopy(data, from, to, y * row, row);
    }
    return new RgbImage(part.width(), part.height(), to);
  }

  /**
   * The picture turned to stand upright.
   *
   * @param orientation how it is stored; {@link Orientation#NORMAL} gives this very picture
   */
  public RgbImage turned(Orientation orientation) {
    if (orientation == Orientation.NORMAL) {
      return this;
    }
    boolean transposes = orientation.transposes();
    int turnedWidth = transposes ? height : width;
    int turnedHeight = transposes ? width : height;
    byte[] to = new byte[data.length];
    int target = 0;
    for (int y = 0; y < turnedHeight; y++) {
      int v = orientation.flipsY() ? turnedHeight - 1 - y : y;
      for (int x = 0; x < turnedWidth; x++) {
        int u = orientation.flipsX() ? turnedWidth - 1 - x : x;
        int source = (transposes ? u * width + v : v * width + u) * CHANNELS;
        to[target++] = data[source];
        to[target++] = data[source + 1];
        to[target++] = data[source + 2];
      }
    }
    return new RgbImage(turnedWidth, turnedHeight, to);
  }
}
