package org.touchstone.checkpoints.networks.dda;

import org.touchstone.checkpoints.tensor.Weight;

/**
 * DINOv2's positions for pictures of another size than it was trained at: PyTorch's bicubic
 * interpolation without antialias, with the scale that DINOv2 gives it, a tenth of a cell more than
 * the grid has ({@code interpolate_offset}).
 */
final class PositionGrid {
  /** The coefficient of PyTorch's bicubic kernel (Keys 1981, with -0.75 in place of -0.5). */
  private static final double A = -0.75;

  private static final double OFFSET = 0.1;
  private static final int TAPS = 4;

  private PositionGrid() {}

  /**
   * @param positions of the class token and of a square of cells, {@code [1, 1 + from * from,
   *     width]}
   * @return positions of the class token and of another square, {@code [1, 1 + to * to, width]};
   *     the same when the squares are equal
   */
  static Weight resized(Weight positions, int from, int to, int width) {
    return from == to
        ? positions
        : Weight.computed(
            new long[] {1, 1L + to * to, width},
            () -> resized(positions.floats(), from, to, width));
  }

  private static float[] resized(float[] in, int from, int to, int width) {
    float[] out = new float[(1 + to * to) * width];
    System.arraycopy(in, 0, out, 0, width);
    int[] first = new int[to];
    double[][] taps = new double[to][];
    for (int d = 0; d < to; d++) {
      double source = (d + 0.5) * from / (to + OFFSET) - 0.5;
      first[d] = (int) Math.floor(source) - 1;
      taps[d] = taps(source - Math.floor(source));
    }
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        for (int c = 0; c < width; c++) {
          double sum = 0;
          for (int j = 0; j < TAPS; j++) {
            int row = 1 + Math.clamp(first[y] + j, 0, from - 1) * from;
            double line = 0;
            for (int i = 0; i < TAPS; i++) {
              int column = Math.clamp(first[x] + i, 0, from - 1);
              line += taps[x][i] * in[(row + column) * width + c];
            }
            sum += taps[y][j] * line;
          }
          out[(1 + y * to + x) * width + c] = (float) sum;
        }
      }
    }
    return out;
  }

  /** The kernel at the four cells around a point, which lies {@code t} behind the second. */
  private static double[] taps(double t) {
    return new double[] {outer(1 + t), inner(t), inner(1 - t), outer(2 - t)};
  }

  private static double inner(double d) {
    return ((A + 2) * d - (A + 3)) * d * d + 1;
  }

  private static double outer(double d) {
    return ((A * d - 5 * A) * d + 8 * A) * d - 4 * A;
  }
}
