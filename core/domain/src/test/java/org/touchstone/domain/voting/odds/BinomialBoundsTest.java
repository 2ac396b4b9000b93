package org.touchstone.domain.voting.odds;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinomialBoundsTest {
  private static final double CONFIDENCE = 0.95;

  /** Without events, and with nothing else, the bounds have a closed form. */
  @ParameterizedTest
  @CsvSource({"1", "60", "1000", "999999"})
  void areExactWhereTheyHaveAClosedForm(int cases) {
    double root = Math.pow(0.025, 1.0 / cases);
    assertThat(BinomialBounds.upper(0, cases, CONFIDENCE)).isCloseTo(1 - root, within(1e-9));
    assertThat(BinomialBounds.lower(cases, cases, CONFIDENCE)).isCloseTo(root, within(1e-9));
    assertThat(BinomialBounds.lower(0, cases, CONFIDENCE)).isZero();
    assertThat(BinomialBounds.upper(cases, cases, CONFIDENCE)).isEqualTo(1);
  }

  /** The definition: at a bound, as much or more, or as little or less, has 2.5 % probability. */
  @Property(tries = 200)
  void leaveHalfTheDoubtOnEitherSide(
      @ForAll @IntRange(min = 1, max = 400) int cases, @ForAll @IntRange(max = 400) int seen) {
    int events = Math.min(seen, cases);
    double upper = BinomialBounds.upper(events, cases, CONFIDENCE);
    double lower = BinomialBounds.lower(events, cases, CONFIDENCE);
    if (events < cases) {
      assertThat(atMost(events, cases, upper)).isCloseTo(0.025, within(1e-9));
    }
    if (events > 0) {
      assertThat(1 - atMost(events - 1, cases, lower)).isCloseTo(0.025, within(1e-9));
    }
  }

  @Test
  void knowNothingWithoutCases() {
    assertThat(BinomialBounds.lower(0, 0, CONFIDENCE)).isZero();
    assertThat(BinomialBounds.upper(0, 0, CONFIDENCE)).isEqualTo(1);
  }

  @Test
  void ofVeryManyCasesAreFoundInBoundedTimeAndAreNotNarrower() {
    assertTimeoutPreemptively(
        ofSeconds(20),
        () -> {
          long cases = Long.MAX_VALUE;
          double upper = BinomialBounds.upper(cases / 100, cases, CONFIDENCE);
          double lower = BinomialBounds.lower(cases / 100, cases, CONFIDENCE);
          assertThat(upper).isBetween(0.01, 0.0102);
          assertThat(lower).isBetween(0.0098, 0.01);
        });
  }

  /** Probability of at most this many events, summed term by term. */
  private static double atMost(int events, int cases, double p) {
    double sum = 0;
    double logTerm = cases * Math.log1p(-p);
    for (int k = 0; k <= events; k++) {
      sum += Math.exp(logTerm);
      logTerm += Math.log((double) (cases - k) / (k + 1)) + Math.log(p) - Math.log1p(-p);
    }
    return sum;
  }
}
