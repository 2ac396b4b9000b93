package org.touchstone.domain.voting.odds;

/**
 * The regularised incomplete beta function for whole parameters, by the continued fraction 8.17.22
 * of the Digital Library of Mathematical Functions (NIST), evaluated by Lentz's method. Uses {@link
 * StrictMath} only, so results are the same to the last bit on every machine.
 */
final class IncompleteBeta {
  /** Enough for parameters of {@link BinomialBounds#MAX_CASES}: it takes about their root. */
  private static final int MAX_STEPS = 20_000;

  private static final double EPSILON = 1e-15;
  private static final double TINY = 1e-300;
  private static final double HALF_LOG_TWO_PI = 0.918938533204672742;

  /** From here on Stirling's series is exact to a double's digits. */
  private static final int STIRLING_FROM = 16;

  private IncompleteBeta() {}

  /**
   * I_x(a, b), the probability that a beta-distributed number is at most x.
   *
   * @param x above 0 and below 1
   * @param a at least 1
   * @param b at least 1
   */
  static double regularised(double x, double a, double b) {
    double logFront =
        logGamma(a + b)
            - logGamma(a)
            - logGamma(b)
            + a * StrictMath.log(x)
            + b * StrictMath.log1p(-x);
    double front = StrictMath.exp(logFront);
    // The fraction converges quickly below the mean; above it the mirrored one does.
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / kept(1 - (a + b) * x / (a + 1));
    double value = d;
    for (int m = 1; m <= MAX_STEPS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / kept(1 + even * d);
      c = kept(1 + even / c);
      value *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / kept(1 + odd * d);
      c = kept(1 + odd / c);
      double factor = d * c;
      value *= factor;
      if (Math.abs(factor - 1) < EPSILON) {
        break;
      }
    }
    return value;
  }

  /** Keeps a divisor off zero. */
  private static double kept(double divisor) {
    return Math.abs(divisor) < TINY ? TINY : divisor;
  }

  /**
   * ln of the gamma function, by Stirling's series (DLMF 5.11.1) after shifting small arguments.
   */
  private static double logGamma(double x) {
    double product = 1;
    double shifted = x;
    while (shifted < STIRLING_FROM) {
      product *= shifted;
      shifted += 1;
    }
    double inverse = 1 / shifted;
    double square = inverse * inverse;
    double series =
        inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1260.0 - square / 1680.0)));
    return (shifted - 0.5) * StrictMath.log(shifted)
        - shifted
        + HALF_LOG_TWO_PI
        + series
        - StrictMath.log(product);
  }
}
