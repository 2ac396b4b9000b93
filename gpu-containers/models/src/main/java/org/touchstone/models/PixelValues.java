package org.touchstone.models;

import java.util.List;

/**
 * The value of a pixel in a tensor of floats: {@code (byte * scale - mean) / std} for each channel.
 *
 * @param scale what bytes, 0..255, are multiplied by; 1/255 gives 0..1
 * @param mean of each channel (R, G, B), subtracted after scaling
 * @param std of each channel, not 0; divided by at the end
 */
public record PixelValues(double scale, List<Double> mean, List<Double> std) {
  /** Bytes as they are, which is all that a tensor of bytes can have. */
  public static final PixelValues BYTES =
      new PixelValues(1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));

  public PixelValues {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != Input.CHANNELS || std.size() != Input.CHANNELS) {
      throw new IllegalArgumentException("a value for each channel");
    }
    if (scale == 0 || std.contains(0.0)) {
      throw new IllegalArgumentException("scale and deviations are not 0");
    }
  }

  /**
   * The value of a byte.
   *
   * @param channel 0 for red, 1 for green, 2 for blue
   */
  public float of(int sample, int channel) {
    return (float) ((sample * scale - mean.get(channel)) / std.get(channel));
  }
}
