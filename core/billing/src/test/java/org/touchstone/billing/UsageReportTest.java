package org.touchstone.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.billing.Analyses.ACCOUNT;
import static org.touchstone.billing.Analyses.NOW;
import static org.touchstone.billing.Analyses.item;
import static org.touchstone.billing.Analyses.request;
import static org.touchstone.billing.Analyses.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.billing.UsageReport.Allowance;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;

class UsageReportTest {
  @RegisterExtension static final TestStore STORE = new TestStore();

  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final MediaItem IMAGE = item(Modality.IMAGE, "a1", null);
  private static final MediaItem VIDEO = item(Modality.VIDEO, "b2", 60.5);

  private Instant now;
  private World world;
  private UsageReport report;

  @BeforeEach
  void publishPrices() {
    now = NOW.minus(Duration.ofDays(1));
    new World(STORE.objects(), () -> now).prices.publish("2026", "EUR", 10, 100, 30, null);
    now = NOW;
    world = new World(STORE.objects(), () -> now);
    report = new UsageReport(STORE.objects(), world.ledger);
  }

  private void analyse(String name, MediaItem... media) {
    world.spending.end(request(name), () -> List.of(media), verdict(NOW, media));
  }

  @Test
  void addsUpByKindAndPrice() {
    analyse("a", IMAGE, VIDEO);
    analyse("b", IMAGE, item(Modality.IMAGE, "c3", null));

    DayUsage day = report.day(ACCOUNT, DAY, new Allowance(10)).orElseThrow();

    assertThat(day.analyses()).isEqualTo(2);
    assertThat(day.lines())
        .containsExactlyInAnyOrder(
            new UsageLine(Modality.IMAGE, "2026", "EUR", Unit.IMAGE, 10, 3, 1, 2, 20),
            new UsageLine(Modality.VIDEO, "2026", "EUR", Unit.VIDEO_MINUTE, 100, 1, 0, 2, 200));
  }

  @Test
  void readsEachFactOnceAndNoticesThoseThatCameLater() {
    analyse("a", IMAGE);
    report.day(ACCOUNT, DAY, new Allowance(10));

    assertThat(report.day(ACCOUNT, DAY, new Allowance(0))).isPresent();
    analyse("b", VIDEO);
    assertThat(report.day(ACCOUNT, DAY, new Allowance(0))).isEmpty();

    DayUsage day = report.day(ACCOUNT, DAY, new Allowance(1)).orElseThrow();
    assertThat(day.analyses()).isEqualTo(2);
    assertThat(day.lines()).extracting(UsageLine::micros).containsExactly(10L, 200L);
  }

  @Test
  void goesOnWhereAnEarlierReportHadToStop() {
    for (int i = 0; i < 5; i++) {
      analyse("a" + i, item(Modality.IMAGE, "d" + i, null));
    }
    Optional<DayUsage> first = report.day(ACCOUNT, DAY, new Allowance(3));
    Optional<DayUsage> second = report.day(ACCOUNT, DAY, new Allowance(3));

    assertThat(first).isEmpty();
    assertThat(second.orElseThrow().lines().getFirst().micros()).isEqualTo(50);
  }
}
