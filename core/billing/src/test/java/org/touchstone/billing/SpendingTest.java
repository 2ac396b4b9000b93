package org.touchstone.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.billing.Analyses.ACCOUNT;
import static org.touchstone.billing.Analyses.NOW;
import static org.touchstone.billing.Analyses.failure;
import static org.touchstone.billing.Analyses.item;
import static org.touchstone.billing.Analyses.request;
import static org.touchstone.billing.Analyses.verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.billing.BilledMedium.Free;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

class SpendingTest {
  @RegisterExtension static final TestStore STORE = new TestStore();

  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final Instant PUBLISHED = NOW.minus(Duration.ofDays(40));
  private static final MediaItem IMAGE = item(Modality.IMAGE, "a1", null);
  private static final MediaItem VIDEO = item(Modality.VIDEO, "b2", 60.5);
  private static final MediaItem SOUND = item(Modality.AUDIO, "c3", null);

  private Instant now;
  private World world;

  @BeforeEach
  void publishPrices() {
    now = PUBLISHED;
    World publisher = new World(STORE.objects(), () -> now);
    publisher.prices.publish("2026", "EUR", 10, 100, 30, null);
    now = NOW;
    world = new World(STORE.objects(), () -> now);
  }

  private World other() {
    return new World(STORE.objects(), () -> now);
  }

  private void accept(AnalysisRequest request) {
    world.spending.reserve(
        request.accountId(), request.id(), request.options(), request.createdAt());
  }

  private static Caps microsPerDay(long micros) {
    return new Caps(null, null, micros, null);
  }

  @Test
  void billsEachMediumByItsUnitsRoundedUp() {
    world.spending.end(
        request("a"), () -> List.of(IMAGE, VIDEO, SOUND), verdict(NOW, IMAGE, VIDEO, SOUND));

    UsageFact fact = world.ledger.day(ACCOUNT, DAY).getFirst();
    assertThat(fact.currency()).isEqualTo("EUR");
    assertThat(fact.priceVersion()).isEqualTo("2026");
    assertThat(fact.micros()).isEqualTo(10 + 2 * 100 + 30);
    assertThat(fact.media()).extracting(BilledMedium::units).containsExactly(1L, 2L, 1L);
    assertThat(fact.media()).extracting(BilledMedium::micros).containsExactly(10L, 200L, 30L);
    assertThat(fact.media()).extracting(BilledMedium::seconds).containsExactly(null, 60.5, null);
    assertThat(world.spending.billed(ACCOUNT, request("a").id(), NOW))
        .contains(new Spending.Price(240, "EUR"));
  }

  @Test
  void abstentionsAndFailuresAreFree() {
    world.spending.end(request("a"), () -> List.of(IMAGE, VIDEO), verdict(NOW, IMAGE));
    world.spending.end(request("b"), List::of, failure(NOW));

    List<UsageFact> facts = world.ledger.day(ACCOUNT, DAY);
    assertThat(facts).hasSize(1);
    assertThat(facts.getFirst().micros()).isEqualTo(10);
    assertThat(facts.getFirst().media())
        .extracting(BilledMedium::free)
        .containsExactly(null, Free.ABSTAINED);
  }

  @Test
  void whatTheAccountHadAnalysedBeforeIsFreeAndWhatAnotherHadIsNot() {
    AnalysisRequest others = request("other", "a", NOW);
    world.spending.end(others, () -> List.of(IMAGE), verdict(NOW, IMAGE));
    world.spending.end(request("a"), () -> List.of(IMAGE, IMAGE), verdict(NOW, IMAGE));
    world.spending.end(request("b"), () -> List.of(IMAGE), verdict(NOW, IMAGE));

    assertThat(fact("a").media())
        .extracting(BilledMedium::free)
        .containsExactly(null, Free.ANALYSED_BEFORE);
    assertThat(fact("b").media())
        .extracting(BilledMedium::free)
        .containsExactly(Free.ANALYSED_BEFORE);
    assertThat(fact("a").micros()).isEqualTo(10);
    assertThat(fact("b").micros()).isZero();
  }

  @Test
  void whatWasOnlyAbstainedOnIsPaidForTheFirstTimeItIsScored() {
    world.spending.end(request("a"), () -> List.of(IMAGE), verdict(NOW));
    world.spending.end(request("b"), () -> List.of(IMAGE), verdict(NOW, IMAGE));

    assertThat(fact("b").micros()).isEqualTo(10);
  }

  @Test
  void thePriceIsThatOfTheAcceptance() {
    now = NOW;
    PriceList next = world.prices.publish("2027", "EUR", 1000, 1000, 1000, null);
    now = next.from();

    world.spending.end(request("a"), () -> List.of(IMAGE), verdict(now, IMAGE));
    AnalysisRequest later = request(ACCOUNT, "b", now);
    world.spending.end(later, () -> List.of(VIDEO), verdict(now, VIDEO));

    assertThat(fact("a").micros()).isEqualTo(10);
    assertThat(fact("b").micros()).isEqualTo(2000);
  }

  @Test
  void isBilledOnceWhereverItsVoteIsKilled() {
    int kills = 0;
    for (int requests = 0; ; requests++) {
      String account = ACCOUNT + requests;
      AnalysisRequest request = request(account, "a", NOW);
      world.spending.setCaps(account, microsPerDay(1000));
      accept(request);
      world.spending.permit(request, List.of(IMAGE, VIDEO));
      boolean killed = false;
      try {
        new World(STORE.killedAfter(requests), () -> now)
            .spending.end(request, () -> List.of(IMAGE, VIDEO), verdict(NOW, IMAGE, VIDEO));
      } catch (TestStore.Killed e) {
        killed = true;
        kills++;
      }
      // The workflow's next try, and one that came too late.
      for (int i = 0; i < 2; i++) {
        other().spending.end(request, () -> List.of(IMAGE, VIDEO), verdict(NOW, IMAGE, VIDEO));
      }

      List<UsageFact> facts = world.ledger.day(account, DAY);
      assertThat(facts).hasSize(1);
      assertThat(facts.getFirst().micros()).isEqualTo(210);
      assertThat(facts.getFirst().media()).extracting(BilledMedium::free).containsOnlyNulls();
      assertThat(world.used(account, CapLimit.MICROS_PER_DAY, NOW)).isEqualTo(210);
      assertThat(world.used(account, CapLimit.ANALYSES_PER_DAY, NOW)).isEqualTo(1);
      if (!killed) {
        break;
      }
    }
    assertThat(kills).isGreaterThan(6);
  }

  @Test
  void reachedCapIsAProblemWithTheEndOfItsPeriod() {
    world.spending.setCaps(ACCOUNT, new Caps(1L, null, null, null));
    accept(request("a"));
    now = now.plus(Duration.ofMinutes(1));

    assertThatThrownBy(() -> accept(request("b")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.CAP_REACHED);
              assertThat(e.problem().detail())
                  .isEqualTo("The account has reached its cap of 1 analysis per day.");
              assertThat(e.problem().retryAfterSeconds()).isEqualTo(12 * 3600 + 1);
            });

    assertThat(world.spending.lastStanding(ACCOUNT).orElseThrow().left(CapLimit.ANALYSES_PER_DAY))
        .isZero();
    assertThat(STORE.objects().list("billing/" + ACCOUNT + "/reached/")).hasSize(1);
  }

  @Test
  void anAnalysisThatWouldExceedACapIsNotPermitted() {
    world.spending.setCaps(ACCOUNT, microsPerDay(150));
    AnalysisRequest a = request("a");
    accept(a);
    now = now.plus(Duration.ofMinutes(1));

    assertThatThrownBy(() -> world.spending.permit(a, List.of(VIDEO)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.CAP_EXCEEDED);
              assertThat(e.problem().detail())
                  .isEqualTo(
                      "This would cost 0.0002 EUR, which is more than the account's cap of 0.00015"
                          + " EUR per day leaves.");
            });
    world.spending.end(a, List::of, failure(now));

    assertThat(world.used(ACCOUNT, CapLimit.MICROS_PER_DAY, NOW)).isZero();
  }

  @Test
  void whatWasPaidForBeforeNeedsNoRoomInTheCap() {
    AnalysisRequest before = request(ACCOUNT, "before", NOW.minus(Duration.ofDays(1)));
    world.spending.end(before, () -> List.of(VIDEO), verdict(before.createdAt(), VIDEO));
    world.spending.setCaps(ACCOUNT, microsPerDay(10));
    AnalysisRequest a = request("a");
    accept(a);

    world.spending.permit(a, List.of(VIDEO));
    world.spending.end(a, () -> List.of(VIDEO), verdict(NOW, VIDEO));

    assertThat(fact("a").micros()).isZero();
    assertThat(world.used(ACCOUNT, CapLimit.MICROS_PER_DAY, NOW)).isZero();
  }

  @Test
  void anAnalysisWithoutDetectorsCostsNothing() {
    JobOptions source = new JobOptions(false, null, null, null, null, true);
    world.spending.setCaps(ACCOUNT, microsPerDay(0));

    assertThat(world.spending.reserve(ACCOUNT, request("a").id(), source, NOW)).isPresent();
    assertThat(world.spending.least(source, NOW).micros()).isZero();
    assertThat(world.spending.least(JobOptions.DEFAULT, NOW).micros()).isEqualTo(10);
  }

  @Test
  void withoutADetectorToRunNothingIsReservedRaisedOrBilled() {
    JobOptions none = new JobOptions(false, null, null, List.of(), null, null);
    JobOptions source = new JobOptions(false, null, null, null, null, true);
    world.spending.setCaps(ACCOUNT, microsPerDay(0));
    for (JobOptions options : List.of(none, source)) {
      AnalysisRequest a = optioned(options.toString(), options);
      accept(a);
      world.spending.permit(a, List.of(VIDEO));
      // The file's own statement can have a score.
      world.spending.end(a, () -> List.of(VIDEO), verdict(NOW, VIDEO));

      assertThat(world.spending.least(options, NOW).micros()).isZero();
      assertThat(world.spending.billed(ACCOUNT, a.id(), NOW).orElseThrow().micros()).isZero();
    }
    assertThat(world.used(ACCOUNT, CapLimit.MICROS_PER_DAY, NOW)).isZero();
  }

  @Test
  void whatWasScoredBeforeADeletionIsBilledAndTheFailureItLooksLikeReleasesNothing() {
    world.spending.setCaps(ACCOUNT, microsPerDay(1000));
    for (String name : List.of("a", "b")) {
      accept(request(name));
      world.spending.permit(request(name), List.of(IMAGE, VIDEO));
    }
    AnalysisOutcome deleted =
        new AnalysisOutcome(null, Problem.of(ProblemType.ANALYSIS_DELETED), NOW);

    // A vote that finds the deletion's outcome.
    world.spending.end(request("a"), List::of, deleted);
    world.spending.abandoned(request("a"), List.of(IMAGE, VIDEO), Set.of(VIDEO.id()), NOW);
    world.spending.abandoned(request("a"), List.of(IMAGE, VIDEO), Set.of(VIDEO.id()), NOW);
    world.spending.abandoned(request("b"), List.of(IMAGE, VIDEO), Set.of(), NOW);

    assertThat(fact("a").media())
        .extracting(BilledMedium::free)
        .containsExactly(Free.ABSTAINED, null);
    assertThat(world.ledger.day(ACCOUNT, DAY)).hasSize(1);
    assertThat(world.used(ACCOUNT, CapLimit.MICROS_PER_DAY, NOW)).isEqualTo(200);
    assertThat(world.used(ACCOUNT, CapLimit.ANALYSES_PER_DAY, NOW)).isEqualTo(1);
  }

  @Test
  void whatWasBilledInTheMonthBeforeTheFirstCapsCounts() {
    AnalysisRequest before = request(ACCOUNT, "before", NOW.minus(Duration.ofDays(1)));
    world.spending.end(before, () -> List.of(VIDEO), verdict(before.createdAt(), VIDEO));

    world.spending.setCaps(ACCOUNT, new Caps(null, null, null, 205L));
    world.spending.setCaps(ACCOUNT, new Caps(null, null, null, 209L));

    assertThat(world.spending.standing(ACCOUNT).left(CapLimit.MICROS_PER_MONTH)).isEqualTo(9);
    assertThatThrownBy(() -> accept(request("a"))).hasMessageContaining("cap.reached");
  }

  @Test
  void firstCapsThatAnotherInstanceHasSetAreNotTakenForNone() {
    assertThat(world.spending.standing(ACCOUNT).used()).isEmpty();
    World other = other();
    other.spending.setCaps(ACCOUNT, microsPerDay(1000));
    AnalysisRequest a = request("a");
    other.spending.reserve(ACCOUNT, a.id(), a.options(), NOW);
    other.spending.end(a, () -> List.of(VIDEO), verdict(NOW, VIDEO));

    world.spending.setCaps(ACCOUNT, microsPerDay(2000));

    assertThat(world.used(ACCOUNT, CapLimit.MICROS_PER_DAY, NOW)).isEqualTo(200);
  }

  @Test
  void theCountStartsOnceAndAfterAStartThatDiedAnew() {
    YearMonth month = YearMonth.from(DAY);
    MonthSum dead = new MonthSum(Map.of(1, new MonthSum.DaySum(1, 7)), null);
    MonthSum used = new MonthSum(Map.of(1, new MonthSum.DaySum(2, 9)), null);
    world.counter.start(ACCOUNT, month, Optional.empty(), dead);

    world.counter.start(ACCOUNT, month, Optional.empty(), used);
    assertThat(world.used(ACCOUNT, CapLimit.MICROS_PER_MONTH, NOW)).isEqualTo(7);

    world.counter.start(ACCOUNT, month, world.counter.sumTag(ACCOUNT, month), used);
    assertThat(world.used(ACCOUNT, CapLimit.MICROS_PER_MONTH, NOW)).isEqualTo(9);
  }

  @Test
  void accountsWithoutCapsReserveNothing() {
    accept(request("a"));
    world.spending.permit(request("a"), List.of(VIDEO));
    world.spending.end(request("a"), () -> List.of(VIDEO), verdict(NOW, VIDEO));

    assertThat(STORE.objects().list("billing/" + ACCOUNT + "/held/")).isEmpty();
    assertThat(fact("a").micros()).isEqualTo(200);
  }

  private static AnalysisRequest optioned(String name, JobOptions options) {
    AnalysisRequest plain = request(name);
    return new AnalysisRequest(
        plain.id(), plain.accountId(), plain.keyId(), plain.input(), options, plain.createdAt());
  }

  private UsageFact fact(String name) {
    return world.ledger.find(ACCOUNT, DAY, request(name).id()).orElseThrow();
  }
}
