package org.touchstone.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.billing.Analyses.NOW;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PriceStoreTest {
  @RegisterExtension static final TestStore STORE = new TestStore();

  private Instant now = NOW;
  private PriceStore prices;

  @BeforeEach
  void openBucket() {
    now = NOW;
    prices = another();
  }

  private PriceStore another() {
    return new PriceStore(STORE.objects(), () -> now);
  }

  @Test
  void everythingIsFreeUntilAListIsPublished() {
    assertThat(prices.at(now)).isEqualTo(PriceList.FREE);
    assertThat(prices.current()).containsExactly(PriceList.FREE);
  }

  @Test
  void anInstantHasOnePriceEverywhereWhateverEachRemembers() {
    PriceStore remembers = another();
    assertThat(remembers.at(now)).isEqualTo(PriceList.FREE);

    PriceList list = prices.publish("2026", "EUR", 10, 20, 30, null);

    assertThat(list.from()).isEqualTo(NOW.plus(PriceStore.NOTICE));
    assertThat(prices.current()).containsExactly(PriceList.FREE, list);
    now = list.from();
    assertThat(remembers.at(list.from().minusMillis(1))).isEqualTo(PriceList.FREE);
    assertThat(remembers.at(list.from())).isEqualTo(list);
    assertThat(prices.at(list.from().minusMillis(1))).isEqualTo(PriceList.FREE);
  }

  @Test
  void aVersionNeverChanges() {
    PriceList list = prices.publish("2026", "EUR", 10, 20, 30, null);
    now = now.plus(Duration.ofDays(1));

    assertThat(prices.publish("2026", "EUR", 10, 20, 30, null)).isEqualTo(list);
    assertThatThrownBy(() -> prices.publish("2026", "EUR", 11, 20, 30, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never change");
    assertThat(another().at(now)).isEqualTo(list);
  }

  @Test
  void listsFollowOneAnother() {
    PriceList first = prices.publish("1", "EUR", 10, 20, 30, null);
    PriceList third = prices.publish("3", "EUR", 1, 2, 3, NOW.plus(Duration.ofDays(9)));
    PriceList second = prices.publish("2", "EUR", 1, 2, 3, NOW.plus(Duration.ofDays(4)));

    now = second.from();
    assertThat(another().current()).containsExactly(second, third);
    assertThat(another().at(second.from().minusMillis(1))).isEqualTo(first);
  }

  @Test
  void refusesAnotherCurrencyAndAnEarlierInstant() {
    prices.publish("1", "EUR", 10, 20, 30, null);

    assertThatThrownBy(() -> prices.publish("2", "USD", 1, 2, 3, NOW.plus(Duration.ofDays(1))))
        .hasMessageContaining("EUR");
    assertThatThrownBy(() -> prices.publish("2", "EUR", 1, 2, 3, NOW.plusSeconds(1)))
        .hasMessageContaining("2 minutes");
    assertThatThrownBy(() -> prices.publish("2", "EUR", -1, 2, 3, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> prices.publish("2", "eur", 1, 2, 3, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> prices.publish("../2", "EUR", 1, 2, 3, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
