package org.touchstone.domain.voting;

/**
 * Probabilities as log-odds. {@link StrictMath} gives the same bits on every machine, so a verdict
 * can be replayed; each function here is non-decreasing in floating point too.
 */
final class LogOdds {
  private LogOdds() {}

  static double logit(double probability) {
    return StrictMath.log(probability / (1 - probability));
  }

  static double sigmoid(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }

  static double clamp(double probability, double floor) {
    return Math.clamp(probability, floor, 1 - floor);
  }
}
