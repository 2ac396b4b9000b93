package org.touchstone.intake.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class RateShaperTest {
  private Instant now = Instant.parse("2026-11-24T12:00:00Z");

  @Test
  void admitsABurstAndThenAsManyAsTheMinuteBrings() {
    RateShaper rates = new RateShaper(60, () -> now);
    for (int i = 0; i < 60; i++) {
      rates.admit("a");
    }

    assertThatThrownBy(() -> rates.admit("a"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.RATE_LIMITED);
              assertThat(e.problem().retryAfterSeconds()).isBetween(1, 2);
            });
    rates.admit("b");
    now = now.plus(Duration.ofSeconds(2));
    rates.admit("a");
    rates.admit("a");
    assertThatThrownBy(() -> rates.admit("a")).isInstanceOf(ProblemException.class);
  }

  @Test
  void tellsHowManyAreLeft() {
    RateShaper rates = new RateShaper(60, () -> now);
    rates.admit("a");

    assertThat(rates.standing("a"))
        .contains(new RateShaper.Standing(60, 59, Duration.ofSeconds(1)));
    now = now.plus(Duration.ofHours(1));
    assertThat(rates.standing("a")).contains(new RateShaper.Standing(60, 60, Duration.ZERO));
  }

  @Test
  void aClockThatIsSetBackGivesNothingAway() {
    RateShaper rates = new RateShaper(1, () -> now);
    rates.admit("a");
    now = now.minus(Duration.ofHours(1));

    assertThatThrownBy(() -> rates.admit("a")).isInstanceOf(ProblemException.class);
  }

  @Test
  void withoutARateEverythingIsAdmitted() {
    RateShaper rates = new RateShaper(0, () -> now);
    for (int i = 0; i < 1000; i++) {
      rates.admit("a");
    }
    assertThat(rates.standing("a")).isEmpty();
  }
}
