package org.touchstone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsageLedgerTest {
  @RegisterExtension static final TestBucket BUCKET = new TestBucket();

  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final Instant LAST_MILLISECOND = Instant.parse("2026-11-24T23:59:59.999Z");

  private UsageLedger ledger;

  @BeforeEach
  void openBucket() {
    ledger = new UsageLedger(BUCKET.objects());
  }

  @Test
  void writesAFactDownOnceHoweverOftenItIsTold() throws Exception {
    UsageRecord usage = usage("account", "a", LAST_MILLISECOND);

    List<Boolean> recorded = Race.run(8, i -> ledger.record(usage));

    assertThat(recorded).filteredOn(first -> first).hasSize(1);
    assertThat(ledger.record(usage)).isFalse();
    assertThat(ledger.day("account", DAY)).containsExactly(usage);
  }

  @Test
  void keepsAccountsAndDaysApart() {
    UsageRecord today = usage("account", "a", LAST_MILLISECOND);
    UsageRecord tomorrow = usage("account", "b", LAST_MILLISECOND.plusMillis(1));
    UsageRecord others = usage("key2", "c", LAST_MILLISECOND);
    List.of(today, tomorrow, others).forEach(ledger::record);

    assertThat(ledger.day("account", DAY)).containsExactly(today);
    assertThat(ledger.day("account", DAY.plusDays(1))).containsExactly(tomorrow);
    assertThat(ledger.day("key2", DAY)).containsExactly(others);
    assertThat(ledger.day("account", DAY.minusDays(1))).isEmpty();
  }

  @Test
  void refusesIdsThatWouldReachOtherKeys() {
    UsageRecord valid = usage("account", "a", LAST_MILLISECOND);
    assertThatThrownBy(() -> ledger.record(usage("../key", "a", LAST_MILLISECOND)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> ledger.record(new UsageRecord("../a", "account", "key", valid.at(), 1, 0, 0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ledger.day("key/..", DAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static UsageRecord usage(String accountId, String name, Instant at) {
    return new UsageRecord(Ids.analysisIdFor("any", name), accountId, "key", at, 1, 2, 3, 4.5);
  }
}
