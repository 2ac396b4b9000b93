package org.touchstone.domain.voting.odds;

/**
 * Probabilities as log-odds. {@link StrictMath} gives the same bits on every machine, so a verdict
 * can be replayed; each function here is non-decreasing in floating point too.
 */
public final class LogOdds {
  private LogOdds() {}

  /** Natural logarithm of the odds of a probability; infinite for 0 and 1. */
  public static double logit(double probability) {
    return StrictMath.log(probability / (1 - probability));
  }

  /** The probability of log-odds. */
  public static double sigmoid(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }

  /** The probability, but not nearer to 0 or 1 than {@code floor}. */
  public static double clamp(double probability, double floor) {
    return Math.clamp(probability, floor, 1 - floor);
  }
}
