package org.touchstone.billing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void amountsAreExact() {
    assertThat(Money.text(1, "USD")).isEqualTo("0.000001 USD");
    assertThat(Money.text(1_250_000, "EUR")).isEqualTo("1.25 EUR");
    assertThat(Money.text(100_000_000, "EUR")).isEqualTo("100 EUR");
    assertThat(Money.decimal(0)).isEqualTo("0");
    assertThat(Money.decimal(Long.MAX_VALUE)).isEqualTo("9223372036854.775807");
  }

  @Test
  void startedMinutesCountWhole() {
    assertThat(Unit.VIDEO_MINUTE.count(0.1)).isEqualTo(1);
    assertThat(Unit.VIDEO_MINUTE.count(60.0)).isEqualTo(1);
    assertThat(Unit.AUDIO_MINUTE.count(60.01)).isEqualTo(2);
    assertThat(Unit.AUDIO_MINUTE.count(null)).isEqualTo(1);
    assertThat(Unit.IMAGE.count(300.0)).isEqualTo(1);
  }
}
