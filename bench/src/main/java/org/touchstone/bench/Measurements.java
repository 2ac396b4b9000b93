package org.touchstone.bench;

import java.util.Arrays;
import java.util.Locale;

/** Durations of many repetitions of the same work. */
final class Measurements {
  private final double[] sortedMillis;

  private Measurements(double[] sortedMillis) {
    this.sortedMillis = sortedMillis;
  }

  static Measurements ofNanos(long[] nanos) {
    return new Measurements(Arrays.stream(nanos).mapToDouble(n -> n / 1e6).sorted().toArray());
  }

  double percentile(double p) {
    return sortedMillis[(int) Math.min(sortedMillis.length - 1, p / 100 * sortedMillis.length)];
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "median %.2f ms, 90th percentile %.2f ms, worst %.2f ms (n = %d)",
        percentile(50),
        percentile(90),
        sortedMillis[sortedMillis.length - 1],
        sortedMillis.length);
  }
}
