package org.touchstone.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.billing.Analyses.ACCOUNT;
import static org.touchstone.billing.Analyses.NOW;
import static org.touchstone.billing.Analyses.failure;
import static org.touchstone.billing.Analyses.item;
import static org.touchstone.billing.Analyses.request;
import static org.touchstone.billing.Analyses.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;

class ReservationSweepTest {
  @RegisterExtension static final TestStore STORE = new TestStore();

  private static final Duration BUDGET = Duration.ofMinutes(5);
  private static final MediaItem IMAGE = item(Modality.IMAGE, "a1", null);

  private Instant now;
  private World world;

  @BeforeEach
  void setCaps() {
    now = NOW.minus(Duration.ofDays(40));
    new World(STORE.objects(), () -> now).prices.publish("2026", "EUR", 10, 100, 30, null);
    now = NOW.minus(Duration.ofDays(3));
    world = new World(STORE.objects(), () -> now);
    world.spending.setCaps(ACCOUNT, new Caps(5L, null, null, null));
    now = NOW;
  }

  private AnalysisRequest reserved(String name) {
    AnalysisRequest request = request(name);
    world.spending.reserve(ACCOUNT, request.id(), request.options(), request.createdAt());
    return request;
  }

  private AnalysisRequest stored(String name) {
    AnalysisRequest request = reserved(name);
    world.analyses.create(request);
    return request;
  }

  private int sweepAt(Instant instant) {
    now = instant;
    return world.sweep.run(instant, BUDGET);
  }

  private long used() {
    return world.used(ACCOUNT, CapLimit.ANALYSES_PER_DAY, NOW);
  }

  @Test
  void removesReservationsOfRequestsThatDiedBeforeTheyWereStored() {
    reserved("a");
    stored("b");

    assertThat(sweepAt(NOW.plus(Duration.ofMinutes(10)))).isZero();
    assertThat(used()).isEqualTo(2);
    assertThat(sweepAt(NOW.plus(Duration.ofMinutes(20)))).isEqualTo(1);

    assertThat(used()).isEqualTo(1);
  }

  @Test
  void billsAVerdictWhoseVoteDiedBeforeItWasBilled() {
    AnalysisRequest a = stored("a");
    world.analyses.saveMedia(a.id(), new ResolvedMedia(List.of(IMAGE), List.of(), NOW));
    world.analyses.saveOutcome(a.id(), verdict(NOW, IMAGE));

    assertThat(sweepAt(NOW.plus(Duration.ofMinutes(20)))).isEqualTo(1);

    assertThat(world.ledger.day(ACCOUNT, LocalDate.of(2026, 11, 24)))
        .singleElement()
        .extracting(UsageFact::micros)
        .isEqualTo(10L);
    assertThat(world.used(ACCOUNT, CapLimit.MICROS_PER_DAY, NOW)).isEqualTo(10);
    assertThat(sweepAt(NOW.plus(Duration.ofMinutes(40)))).isZero();
  }

  @Test
  void releasesAFailureAndEndsWhatNeverStarted() {
    AnalysisRequest failed = stored("a");
    AnalysisRequest lost = stored("b");
    world.analyses.saveOutcome(failed.id(), failure(NOW));

    assertThat(sweepAt(NOW.plus(Duration.ofHours(1)))).isEqualTo(1);
    assertThat(used()).isEqualTo(1);
    assertThat(sweepAt(NOW.plus(Duration.ofDays(9)))).isEqualTo(1);

    assertThat(used()).isZero();
    assertThat(world.analyses.outcome(lost.id()).orElseThrow().error().type())
        .isEqualTo(ProblemType.ANALYSIS_TIMEOUT);
  }

  @Test
  void removesAReservationThatAnotherTryOfTheNextDayMadeNeedless() {
    AnalysisRequest first = reserved("a");
    Instant nextDay = NOW.plus(Duration.ofHours(13));
    now = nextDay;
    world.spending.reserve(ACCOUNT, first.id(), first.options(), nextDay);
    world.analyses.create(request(ACCOUNT, "a", nextDay));

    sweepAt(nextDay.plus(Duration.ofHours(1)));

    assertThat(used()).isZero();
    assertThat(world.used(ACCOUNT, CapLimit.ANALYSES_PER_DAY, nextDay)).isEqualTo(1);
  }

  @Test
  void oneThatCannotBeReadDoesNotKeepTheOthers() {
    AnalysisRequest broken = stored("a");
    STORE
        .objects()
        .put("analyses/" + broken.id() + "/outcome.json", new byte[] {'x'}, "application/json");
    reserved("b");

    assertThat(sweepAt(NOW.plus(Duration.ofMinutes(20)))).isEqualTo(1);
    assertThat(used()).isEqualTo(1);
  }

  @Test
  void stopsWhenItsTimeIsOver() {
    reserved("a");
    now = NOW.plus(Duration.ofMinutes(20));

    assertThat(world.sweep.run(now, Duration.ZERO)).isZero();
    assertThat(used()).isEqualTo(1);
  }
}
