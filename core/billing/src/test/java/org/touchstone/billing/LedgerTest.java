package org.touchstone.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.billing.Analyses.item;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.Modality;
import org.touchstone.storage.Ids;

class LedgerTest {
  @RegisterExtension static final TestStore STORE = new TestStore();

  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final Instant LAST_MILLISECOND = Instant.parse("2026-11-24T23:59:59.999Z");
  private static final PriceList PRICES = new PriceList("2026", "EUR", 1, 2, 3, Instant.EPOCH);

  private Ledger ledger;

  @BeforeEach
  void openBucket() {
    ledger = new Ledger(STORE.objects());
  }

  @Test
  void writesAFactDownOnceHoweverOftenItIsTold() throws Exception {
    UsageFact fact = fact("account", "a", LAST_MILLISECOND);
    UsageFact other =
        UsageFact.of(fact.analysisId(), "account", "other", LAST_MILLISECOND, PRICES, List.of());

    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<UsageFact> record = () -> ledger.record(fact);
      for (var recorded : threads.invokeAll(Stream.generate(() -> record).limit(8).toList())) {
        assertThat(recorded.get()).isEqualTo(fact);
      }
    }
    assertThat(ledger.record(other)).isEqualTo(fact);
    assertThat(ledger.day("account", DAY)).containsExactly(fact);
    assertThat(ledger.find("account", DAY, fact.analysisId())).contains(fact);
  }

  @Test
  void keepsAccountsAndDaysApart() {
    UsageFact today = fact("account", "a", LAST_MILLISECOND);
    UsageFact tomorrow = fact("account", "b", LAST_MILLISECOND.plusMillis(1));
    UsageFact others = fact("account2", "c", LAST_MILLISECOND);
    List.of(today, tomorrow, others).forEach(ledger::record);

    assertThat(ledger.day("account", DAY)).containsExactly(today);
    assertThat(ledger.day("account", DAY.plusDays(1))).containsExactly(tomorrow);
    assertThat(ledger.day("account2", DAY)).containsExactly(others);
    assertThat(ledger.day("account", DAY.minusDays(1))).isEmpty();
  }

  @Test
  void readsFactsOfEarlierVersions() {
    String id = Ids.analysisIdFor("any", "a");
    String stored =
        """
        {"analysisId":"%s","keyId":"local","at":"2026-11-24T01:02:03Z",
         "images":2,"videos":1,"audios":0,"seconds":61.5}
        """
            .formatted(id);
    STORE
        .objects()
        .put(
            "usage/local/2026-11-24/" + id + ".json",
            stored.getBytes(StandardCharsets.UTF_8),
            "application/json");

    UsageFact fact = ledger.day("local", DAY).getFirst();

    assertThat(fact.accountId()).isEqualTo("local");
    assertThat(fact.micros()).isZero();
    assertThat(fact.media())
        .extracting(BilledMedium::modality)
        .containsExactly(Modality.IMAGE, Modality.IMAGE, Modality.VIDEO);
    assertThat(fact.media())
        .extracting(BilledMedium::free)
        .containsOnly(BilledMedium.Free.UNPRICED);
    assertThat(fact.media().getLast().seconds()).isEqualTo(61.5);
    assertThat(fact.media().getLast().units()).isEqualTo(2);
  }

  @Test
  void refusesIdsThatWouldReachOtherKeys() {
    assertThatThrownBy(() -> ledger.record(fact("../key", "a", LAST_MILLISECOND)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                ledger.record(
                    UsageFact.of("../a", "account", "key", LAST_MILLISECOND, PRICES, List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ledger.day("key/..", DAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static UsageFact fact(String accountId, String name, Instant at) {
    BilledMedium image =
        new BilledMedium(
            item(Modality.IMAGE, "ab", null).id(),
            "ab".repeat(32),
            Modality.IMAGE,
            null,
            Unit.IMAGE,
            1,
            1,
            1,
            null);
    return UsageFact.of(
        Ids.analysisIdFor("any", name), accountId, "key", at, PRICES, List.of(image));
  }
}
