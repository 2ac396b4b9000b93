package org.touchstone.detectors.pixels;

/**
 * Convolution with a filter that grows with the scale, horizontally, then vertically. Networks were
 * trained on pictures resized by Pillow or torchvision. Both place and weigh pixels alike but round
 * differently.
 */
final class Resampler {
  private static final double CUBIC_A = -0.5;

  /** Pillow's fixed point: eight bits for the sample, two for overshoot. */
  private static final int PRECISION_BITS = 32 - 8 - 2;

  private static final int MAX = 0xff;

  /** Longest side that is not thinned first, pixels. */
  private static final int MAX_SIDE = 32_768;

  /** Most pixels of the picture between the two directions. */
  private static final int MAX_BETWEEN = 1 << 25;

  private Resampler() {}

  /** Pillow's bicubic: fixed point, rounded to bytes after each direction. */
  static RgbImage bicubic(RgbImage picture, int width, int height) {
    RgbImage image = thinned(picture, width, height);
    Kernel across = Kernel.of(image.width(), width, 2, Resampler::cubic);
    int[][] columns = fixed(across);
    byte[] narrowed = new byte[image.height() * width * RgbImage.CHANNELS];
    byte[] from = image.data();
    int target = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width();
      for (int x = 0; x < width; x++) {
        int source = (row + across.first[x]) * RgbImage.CHANNELS;
        convolve(from, source, RgbImage.CHANNELS, columns[x], narrowed, target);
        target += RgbImage.CHANNELS;
      }
    }
    Kernel down = Kernel.of(image.height(), height, 2, Resampler::cubic);
    int[][] rows = fixed(down);
    int stride = width * RgbImage.CHANNELS;
    byte[] to = new byte[height * stride];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int source = down.first[y] * stride + x * RgbImage.CHANNELS;
        convolve(narrowed, source, stride, rows[y], to, y * stride + x * RgbImage.CHANNELS);
      }
    }
    return new RgbImage(width, height, to);
  }

  /** One pixel. */
  private static void convolve(
      byte[] from, int start, int step, int[] weights, byte[] to, int target) {
    int red = 1 << PRECISION_BITS - 1;
    int green = red;
    int blue = red;
    int source = start;
    for (int weight : weights) {
      red += (from[source] & MAX) * weight;
      green += (from[source + 1] & MAX) * weight;
      blue += (from[source + 2] & MAX) * weight;
      source += step;
    }
    to[target] = clip(red);
    to[target + 1] = clip(green);
    to[target + 2] = clip(blue);
  }

  private static byte clip(int sum) {
    return (byte) Math.clamp(sum >> PRECISION_BITS, 0, MAX);
  }

  private static int[][] fixed(Kernel kernel) {
    int[][] fixed = new int[kernel.weights.length][];
    for (int i = 0; i < fixed.length; i++) {
      double[] weights = kernel.weights[i];
      fixed[i] = new int[weights.length];
      for (int k = 0; k < weights.length; k++) {
        double scaled = weights[k] * (1 << PRECISION_BITS);
        fixed[i][k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
      }
    }
    return fixed;
  }

  /** torchvision's antialiased bilinear: floats throughout, rounded to bytes at the end. */
  static RgbImage bilinear(RgbImage picture, int width, int height) {
    RgbImage image = thinned(picture, width, height);
    Kernel across = Kernel.of(image.width(), width, 1, Resampler::triangle);
    int stride = width * RgbImage.CHANNELS;
    float[] narrowed = new float[image.height() * stride];
    byte[] from = image.data();
    int target = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        int source = (y * image.width() + across.first[x]) * RgbImage.CHANNELS;
        for (double weight : across.weights[x]) {
          for (int c = 0; c < RgbImage.CHANNELS; c++) {
            narrowed[target + c] += (float) ((from[source++] & MAX) * weight);
          }
        }
        target += RgbImage.CHANNELS;
      }
    }
    Kernel down = Kernel.of(image.height(), height, 1, Resampler::triangle);
    byte[] to = new byte[height * stride];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < stride; x++) {
        double sum = 0;
        int source = down.first[y] * stride + x;
        for (double weight : down.weights[y]) {
          sum += narrowed[source] * weight;
          source += stride;
        }
        to[y * stride + x] = (byte) Math.clamp((int) Math.rint(sum), 0, MAX);
      }
    }
    return new RgbImage(width, height, to);
  }

  /**
   * The picture, without some of its rows and columns if the weights or the picture between the two
   * directions would otherwise not fit into memory.
   */
  private static RgbImage thinned(RgbImage image, int width, int height) {
    int rows = Math.clamp(MAX_BETWEEN / width, height, MAX_SIDE);
    int down = Math.ceilDiv(image.height(), rows);
    int across = Math.ceilDiv(image.width(), MAX_SIDE);
    if (down == 1 && across == 1) {
      return image;
    }
    int newWidth = Math.ceilDiv(image.width(), across);
    int newHeight = Math.ceilDiv(image.height(), down);
    byte[] to = new byte[newWidth * newHeight * RgbImage.CHANNELS];
    int target = 0;
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int source = (y * down * image.width() + x * across) * RgbImage.CHANNELS;
        System.arraycopy(image.data(), source, to, target, RgbImage.CHANNELS);
        target += RgbImage.CHANNELS;
      }
    }
    return new RgbImage(newWidth, newHeight, to);
  }

  private static double triangle(double x) {
    return Math.max(0, 1 - Math.abs(x));
  }

  private static double cubic(double signed) {
    double x = Math.abs(signed);
    if (x < 1) {
      return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC_A : 0;
  }

  /** A filter's shape around 0. */
  private interface Shape {
    double at(double x);
  }

  /** For each pixel of the new side, its source pixels of the old side and their weights. */
  private record Kernel(int[] first, double[][] weights) {
    static Kernel of(int from, int to, int reach, Shape shape) {
      int[] first = new int[to];
      double[][] weights = new double[to][];
      double scale = (double) from / to;
      double widening = Math.max(scale, 1);
      double support = reach * widening;
      for (int i = 0; i < to; i++) {
        double centre = (i + 0.5) * scale;
        first[i] = Math.max((int) (centre - support + 0.5), 0);
        int end = Math.min((int) (centre + support + 0.5), from);
        double[] row = new double[end - first[i]];
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
          row[k] = shape.at((k + first[i] - centre + 0.5) / widening);
          sum += row[k];
        }
        for (int k = 0; k < row.length; k++) {
          row[k] /= sum;
        }
        weights[i] = row;
      }
      return new Kernel(first, weights);
    }
  }
}
