package org.touchstone.domain.voting.odds;

import java.util.function.DoubleUnaryOperator;

/**
 * Exact bounds of a probability from counts (Clopper and Pearson, Biometrika 26, 1934): the
 * interval between them holds the true value at least as often as its confidence says, and half of
 * the misses lie on either side.
 */
public final class BinomialBounds {
  /**
   * More cases than these count as this many, in the same proportion, so that the time is bounded.
   * The interval becomes wider by that, never narrower.
   */
  public static final int MAX_CASES = 1_000_000;

  /** Halvings of the interval; the result is exact to 2^-60. */
  private static final int HALVINGS = 60;

  private BinomialBounds() {}

  /**
   * The upper bound of how likely an event is.
   *
   * @param events how often it was seen, 0 to {@code cases}
   * @param cases how often it could have been seen; the bound is 1 when there are none
   * @param confidence of the two-sided interval, such as 0.95
   */
  public static double upper(long events, long cases, double confidence) {
    return 1 - lower(cases - events, cases, confidence);
  }

  /**
   * The lower bound of how likely an event is.
   *
   * @param events how often it was seen, 0 to {@code cases}
   * @param cases how often it could have been seen; the bound is 0 when there are none
   * @param confidence of the two-sided interval, such as 0.95
   */
  public static double lower(long events, long cases, double confidence) {
    double seen = events;
    double of = cases;
    if (cases > MAX_CASES) {
      seen = Math.floor((double) events / cases * MAX_CASES);
      of = MAX_CASES;
    }
    if (seen <= 0) {
      return 0;
    }
    double a = seen;
    double b = of - seen + 1;
    double tail = (1 - confidence) / 2;
    return lastBelow(p -> IncompleteBeta.regularised(p, a, b), tail);
  }

  /** The largest p at which a rising function of 0..1 does not exceed the target, from below. */
  private static double lastBelow(DoubleUnaryOperator rising, double target) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (rising.applyAsDouble(middle) <= target) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
