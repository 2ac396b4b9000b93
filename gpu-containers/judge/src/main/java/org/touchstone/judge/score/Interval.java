package org.touchstone.judge.score;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * An estimate with its 95 % interval.
 *
 * @param value null when it cannot be estimated, as an area under a curve of one class
 * @param low lower end; null with the value
 * @param high upper end; null with the value
 */
public record Interval(Double value, Double low, Double high) {
  private static final double Z = 1.959964;
  private static final int RESAMPLES = 1000;
  private static final double TAIL = 0.025;
  private static final Interval NONE = new Interval(null, null, null);

  /** A share with the interval of Wilson (1927). */
  static Interval share(int hits, int of) {
    if (of == 0) {
      return NONE;
    }
    double p = (double) hits / of;
    double z2 = Z * Z / of;
    double centre = (p + z2 / 2) / (1 + z2);
    double half = Z * Math.sqrt(p * (1 - p) / of + z2 / (4 * of)) / (1 + z2);
    return new Interval(p, Math.max(0, centre - half), Math.min(1, centre + half));
  }

  /**
   * A statistic with its bootstrap percentile interval, always with the same random numbers.
   *
   * @param of how many rows there are
   * @param statistic of some rows, by their numbers; NaN where it cannot be computed
   */
  static Interval bootstrap(int of, ToDoubleFunction<int[]> statistic) {
    int[] all = new int[of];
    Arrays.setAll(all, i -> i);
    double value = of == 0 ? Double.NaN : statistic.applyAsDouble(all);
    if (Double.isNaN(value)) {
      return NONE;
    }
    Random random = new Random(1);
    double[] values = new double[RESAMPLES];
    int found = 0;
    for (int i = 0; i < RESAMPLES; i++) {
      int[] sample = random.ints(of, 0, of).toArray();
      double each = statistic.applyAsDouble(sample);
      if (!Double.isNaN(each)) {
        values[found++] = each;
      }
    }
    double[] sorted = Arrays.copyOf(values, found);
    Arrays.sort(sorted);
    return new Interval(
        value,
        sorted[(int) (TAIL * (found - 1))],
        sorted[(int) Math.ceil((1 - TAIL) * (found - 1))]);
  }
}
