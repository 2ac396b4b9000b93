package org.touchstone.detectors.pixels;

import java.util.Arrays;

/**
 * Convolution with a filter that grows with the scale, horizontally, then vertically. Networks were
 * trained on pictures resized by Pillow or torchvision. Both place and weigh pixels alike but round
 * differently. A part of the result can be had alone; its bytes are those of the whole.
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

  /** A filter's shape around 0. */
  enum Filter {
    BILINEAR(1) {
      @Override
      double at(double x) {
        return Math.max(0, 1 - Math.abs(x));
      }
    },
    /** Cubic convolution with a = -0.5. */
    BICUBIC(2) {
      @Override
      double at(double signed) {
        double x = Math.abs(signed);
        if (x < 1) {
          return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC_A : 0;
      }
    };

    private final int reach;

    Filter(int reach) {
      this.reach = reach;
    }

    abstract double at(double x);
  }

  /**
   * Some of the pixels of a new side.
   *
   * @param side the length of the whole side
   * @param from the first pixel wanted
   * @param count how many are wanted
   */
  record Stretch(long side, long from, int count) {
    static Stretch whole(int side) {
      return new Stretch(side, 0, side);
    }
  }

  /** Pillow's bicubic: fixed point, rounded to bytes after each direction. */
  static RgbImage bicubic(RgbImage picture, int width, int height) {
    return pillow(picture, Filter.BICUBIC, Stretch.whole(width), Stretch.whole(height));
  }

  /** Pillow's resize: fixed point, rounded to bytes after each direction. */
  static RgbImage pillow(RgbImage picture, Filter filter, Stretch across, Stretch down) {
    RgbImage image = thinned(picture, across, down);
    Kernel columns = Kernel.of(image.width(), across, filter);
    Kernel rows = Kernel.of(image.height(), down, filter);
    int top = rows.start();
    int between = rows.end() - top;
    int stride = across.count * RgbImage.CHANNELS;
    byte[] narrowed = new byte[between * stride];
    int[][] weights = columns.fixed();
    int target = 0;
    for (int y = 0; y < between; y++) {
      int row = (top + y) * image.width();
      for (int x = 0; x < across.count; x++) {
        int source = (row + columns.first[x]) * RgbImage.CHANNELS;
        convolve(image.data(), source, weights[x], narrowed, target);
        target += RgbImage.CHANNELS;
      }
    }
    byte[] to = new byte[down.count * stride];
    int[][] heights = rows.fixed();
    int[] sums = new int[stride];
    for (int y = 0; y < down.count; y++) {
      Arrays.fill(sums, 1 << PRECISION_BITS - 1);
      int source = (rows.first[y] - top) * stride;
      for (int weight : heights[y]) {
        for (int x = 0; x < stride; x++) {
          sums[x] += (narrowed[source + x] & MAX) * weight;
        }
        source += stride;
      }
      for (int x = 0; x < stride; x++) {
        to[y * stride + x] = clip(sums[x]);
      }
    }
    return new RgbImage(across.count, down.count, to);
  }

  /** One pixel of neighbours in a row. */
  private static void convolve(byte[] from, int start, int[] weights, byte[] to, int target) {
    int red = 1 << PRECISION_BITS - 1;
    int green = red;
    int blue = red;
    int source = start;
    for (int weight : weights) {
      red += (from[source] & MAX) * weight;
      green += (from[source + 1] & MAX) * weight;
      blue += (from[source + 2] & MAX) * weight;
      source += RgbImage.CHANNELS;
    }
    to[target] = clip(red);
    to[target + 1] = clip(green);
    to[target + 2] = clip(blue);
  }

  private static byte clip(int sum) {
    return (byte) Math.clamp(sum >> PRECISION_BITS, 0, MAX);
  }

  /** torchvision's antialiased bilinear of whole sides. */
  static RgbImage bilinear(RgbImage picture, int width, int height) {
    return torchvision(picture, Stretch.whole(width), Stretch.whole(height));
  }

  /** torchvision's antialiased bilinear: floats throughout, rounded to bytes at the end. */
  static RgbImage torchvision(RgbImage picture, Stretch across, Stretch down) {
    RgbImage image = thinned(picture, across, down);
    Kernel columns = Kernel.of(image.width(), across, Filter.BILINEAR);
    Kernel rows = Kernel.of(image.height(), down, Filter.BILINEAR);
    int top = rows.start();
    int between = rows.end() - top;
    int stride = across.count * RgbImage.CHANNELS;
    float[] narrowed = new float[between * stride];
    byte[] from = image.data();
    int target = 0;
    for (int y = 0; y < between; y++) {
      for (int x = 0; x < across.count; x++) {
        int source = ((top + y) * image.width() + columns.first[x]) * RgbImage.CHANNELS;
        for (double weight : columns.weights[x]) {
          for (int c = 0; c < RgbImage.CHANNELS; c++) {
            narrowed[target + c] += (float) ((from[source++] & MAX) * weight);
          }
        }
        target += RgbImage.CHANNELS;
      }
    }
    byte[] to = new byte[down.count * stride];
    for (int y = 0; y < down.count; y++) {
      for (int x = 0; x < stride; x++) {
        double sum = 0;
        int source = (rows.first[y] - top) * stride + x;
        for (double weight : rows.weights[y]) {
          sum += narrowed[source] * weight;
          source += stride;
        }
        to[y * stride + x] = (byte) Math.clamp((int) Math.rint(sum), 0, MAX);
      }
    }
    return new RgbImage(across.count, down.count, to);
  }

  /**
   * The picture, without some of its rows and columns if the weights or the picture between the two
   * directions would otherwise not fit into memory. Where few pixels of a very long side are wanted
   * they fit.
   */
  private static RgbImage thinned(RgbImage image, Stretch across, Stretch down) {
    int rows = Math.clamp(MAX_BETWEEN / across.count, Math.max(1, down.count), MAX_SIDE);
    int high = needed(image.height(), down);
    int wide = needed(image.width(), across);
    int thinDown = Math.ceilDiv(high, rows);
    int thinAcross = Math.ceilDiv(wide, MAX_SIDE);
    if (thinDown == 1 && thinAcross == 1) {
      return image;
    }
    int newWidth = Math.ceilDiv(image.width(), thinAcross);
    int newHeight = Math.ceilDiv(image.height(), thinDown);
    byte[] to = new byte[newWidth * newHeight * RgbImage.CHANNELS];
    int target = 0;
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int source = (y * thinDown * image.width() + x * thinAcross) * RgbImage.CHANNELS;
        System.arraycopy(image.data(), source, to, target, RgbImage.CHANNELS);
        target += RgbImage.CHANNELS;
      }
    }
    return new RgbImage(newWidth, newHeight, to);
  }

  /** About how many pixels of the old side the wanted ones are made of. */
  private static int needed(int from, Stretch wanted) {
    return (int) Math.min(from, Math.ceil((double) from / wanted.side * wanted.count));
  }

  /**
   * For each wanted pixel of the new side, its source pixels of the old side and their weights.
   * Columns or rows that keep their length have one source pixel each.
   */
  private record Kernel(int[] first, double[][] weights) {
    static Kernel of(int from, Stretch wanted, Filter filter) {
      int[] first = new int[wanted.count];
      double[][] weights = new double[wanted.count][];
      double scale = (double) from / wanted.side;
      double widening = Math.max(scale, 1);
      double support = filter.reach * widening;
      for (int i = 0; i < wanted.count; i++) {
        if (from == wanted.side) {
          first[i] = (int) wanted.from + i;
          weights[i] = new double[] {1};
          continue;
        }
        double centre = (wanted.from + i + 0.5) * scale;
        first[i] = Math.max((int) (centre - support + 0.5), 0);
        int end = Math.min((int) (centre + support + 0.5), from);
        double[] row = new double[end - first[i]];
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
          row[k] = filter.at((k + first[i] - centre + 0.5) / widening);
          sum += row[k];
        }
        for (int k = 0; k < row.length; k++) {
          row[k] /= sum;
        }
        weights[i] = row;
      }
      return new Kernel(first, weights);
    }

    /** First source pixel of all. */
    int start() {
      return first[0];
    }

    /** Source pixel after the last of all. */
    int end() {
      return first[first.length - 1] + weights[weights.length - 1].length;
    }

    /** The weights in Pillow's fixed point. */
    int[][] fixed() {
      int[][] fixed = new int[weights.length][];
      for (int i = 0; i < fixed.length; i++) {
        fixed[i] = new int[weights[i].length];
        for (int k = 0; k < fixed[i].length; k++) {
          double scaled = weights[i][k] * (1 << PRECISION_BITS);
          fixed[i][k] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
        }
      }
      return fixed;
    }
  }
}
