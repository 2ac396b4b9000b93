package org.touchstone.domain.voting.odds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Reliability.Counts;

class ClipTest {
  private static Clip clip(long falseAlarms, long authentic, long hits, long fakes) {
    return Clip.of(new Counts("row", falseAlarms, authentic, hits, fakes), 0.95);
  }

  @Test
  void followsFromTheBoundsOfBothRates() {
    double f = BinomialBounds.upper(6, 600, 0.95);
    double h = BinomialBounds.lower(400, 600, 0.95);
    Clip clip = clip(6, 600, 400, 600);
    assertThat(clip.upper()).isCloseTo(Math.log(h / f), within(1e-12));
    assertThat(clip.lower()).isCloseTo(Math.log((1 - h) / (1 - f)), within(1e-12));
  }

  @Test
  void reachesTwentyTimesWithOnePercentOfAThousandButNotWithNoneOfSixty() {
    assertThat(Math.exp(clip(10, 1000, 600, 1000).upper())).isGreaterThan(20);
    assertThat(Math.exp(clip(0, 60, 1_000_000, 1_000_000).upper())).isBetween(16.0, 20.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "0, 10, 0, 10",
    "5, 10, 5, 10",
    "10, 10, 10, 10",
    "10, 10, 0, 10",
    "0, 0, 10, 10",
    "0, 10, 0, 0",
    "0, 1, 1, 1",
  })
  void letsNothingThroughWhenTheCountsShowNoDifference(long fa, long n, long hits, long m) {
    Clip clip = clip(fa, n, hits, m);
    assertThat(clip).isEqualTo(Clip.NOTHING);
    assertThat(clip.isNothing()).isTrue();
    assertThat(clip.of(Double.POSITIVE_INFINITY)).isZero();
  }

  @Test
  void losesALookForALookOnTheUpperSideOnly() {
    Clip one = clip(10, 1000, 900, 1000);
    Clip highestOfEight = one.afterLooks(8);
    assertThat(highestOfEight.upper()).isCloseTo(one.upper() - Math.log(8), within(1e-12));
    assertThat(highestOfEight.lower()).isEqualTo(one.lower());
    assertThat(one.afterLooks(Integer.MAX_VALUE).upper()).isZero();
  }
}
