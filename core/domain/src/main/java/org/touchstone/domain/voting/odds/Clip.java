package org.touchstone.domain.voting.odds;

import org.touchstone.domain.Reliability.Counts;

/**
 * How far a detector's score may move the log-odds at most. The bounds come from counted errors:
 * whoever was counted to call 1 in 100 authentic media fake cannot make a fake more than about 100
 * times more likely, however sure its score.
 *
 * @param lower natural logarithm, 0 or below
 * @param upper natural logarithm, 0 or above
 */
public record Clip(double lower, double upper) {
  /** Lets nothing through. */
  public static final Clip NOTHING = new Clip(0, 0);

  /**
   * The clip from counts: [min(0, ln((1-h)/(1-f))), max(0, ln(h/f))], with f the upper bound of the
   * rate of false alarms and h the lower bound of the rate of hits.
   *
   * @param confidence of the bounds, such as 0.95
   */
  public static Clip of(Counts counts, double confidence) {
    double f = BinomialBounds.upper(counts.falseAlarms(), counts.authentic(), confidence);
    double h = BinomialBounds.lower(counts.hits(), counts.fakes(), confidence);
    if (h <= f) {
      return NOTHING;
    }
    // A lower bound is below 1 and an upper one above 0, so both quotients are finite.
    return new Clip(StrictMath.log((1 - h) / (1 - f)), StrictMath.log(h / f));
  }

  /** For the highest of several looks: each look is another chance of a false alarm. */
  public Clip afterLooks(int looks) {
    return new Clip(lower, Math.max(0, upper - StrictMath.log(looks)));
  }

  /** The log-likelihood ratio, kept within the bounds. */
  public double of(double ratio) {
    return Math.clamp(ratio, lower, upper);
  }

  /** Whether it lets nothing through. */
  public boolean isNothing() {
    return lower == 0 && upper == 0;
  }
}
