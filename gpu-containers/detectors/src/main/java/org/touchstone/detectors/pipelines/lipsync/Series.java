package org.touchstone.detectors.pipelines.lipsync;

/** Small sums over series of numbers. */
final class Series {
  /** Changes that take longer than about this, seconds, are taken off: poses, light, loudness. */
  private static final double SLOW = 3;

  private Series() {}

  /**
   * A series without its slow changes: each value less the mean of those within half of {@value
   * #SLOW} s of it.
   *
   * @param times seconds, rising
   */
  static double[] quick(double[] times, double[] values) {
    int count = values.length;
    double[] sums = new double[count + 1];
    for (int i = 0; i < count; i++) {
      sums[i + 1] = sums[i] + values[i];
    }
    double[] quick = new double[count];
    int from = 0;
    int to = 0;
    for (int i = 0; i < count; i++) {
      while (times[from] < times[i] - SLOW / 2) {
        from++;
      }
      while (to < count && times[to] <= times[i] + SLOW / 2) {
        to++;
      }
      quick[i] = values[i] - (sums[to] - sums[from]) / (to - from);
    }
    return quick;
  }

  /** The mean of each value and as many as {@code beside} on each side of it. */
  static double[] smooth(double[] values, int beside) {
    double[] smooth = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int from = Math.max(0, i - beside);
      int to = Math.min(values.length, i + beside + 1);
      for (int j = from; j < to; j++) {
        smooth[i] += values[j] / (to - from);
      }
    }
    return smooth;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Takes off a series what is along another one of length 1. */
  static void takeOff(double[] from, double[] unit) {
    double along = dot(from, unit);
    for (int i = 0; i < from.length; i++) {
      from[i] -= along * unit[i];
    }
  }

  /**
   * Makes its length 1.
   *
   * @return false, and leaves it alone, when there is nothing of it
   */
  static boolean toUnit(double[] values, double least) {
    double length = Math.sqrt(dot(values, values));
    if (!(length > least)) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] /= length;
    }
    return true;
  }
}
