package org.touchstone.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.billing.Analyses.ACCOUNT;
import static org.touchstone.billing.Analyses.NOW;
import static org.touchstone.billing.Analyses.request;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.touchstone.billing.CapCounter.Held;
import org.touchstone.billing.CapCounter.Hold;
import org.touchstone.billing.CapCounter.Refused;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.storage.ObjectStore;

class CapCounterTest {
  @RegisterExtension static final TestStore STORE = new TestStore();

  private static final int INSTANCES = 4;
  private static final int CLIENTS = 64;

  /** What AWS documents for small objects: 100 to 200 ms. */
  private static final int LEAST_MILLIS = 100;

  private static final int MOST_MILLIS = 200;
  private static final CapStore.CountedCaps COUNTED =
      new CapStore.CountedCaps(Caps.NONE, NOW.minus(Duration.ofDays(9)));

  private Instant now = NOW;

  private CapCounter counter() {
    return counter(STORE.objects());
  }

  private CapCounter counter(ObjectStore objects) {
    return new CapCounter(objects, () -> now);
  }

  private static Hold reserve(CapCounter counter, String name, long micros, Caps caps) {
    return counter.reserve(ACCOUNT, request(name).id(), NOW, micros, caps);
  }

  private static Caps analysesPerDay(long cap) {
    return new Caps(cap, null, null, null);
  }

  private static Caps microsPerDay(long cap) {
    return new Caps(null, null, cap, null);
  }

  @Test
  void holdsUpToTheCapAndRefusesWhatIsMore() {
    CapCounter counter = counter();
    for (int i = 0; i < 3; i++) {
      assertThat(reserve(counter, "a" + i, 1, analysesPerDay(3))).isInstanceOf(Held.class);
    }

    now = now.plus(Duration.ofMinutes(1));
    Hold refused = reserve(counter, "b", 1, analysesPerDay(3));

    assertThat(refused).isInstanceOf(Refused.class);
    assertThat(((Refused) refused).limit()).isEqualTo(CapLimit.ANALYSES_PER_DAY);
    assertThat(counter.used(ACCOUNT, NOW)).containsEntry(CapLimit.ANALYSES_PER_DAY, 3L);
  }

  @Test
  void callsForOneAnalysisCountOnce() {
    CapCounter counter = counter();
    for (int i = 0; i < 3; i++) {
      assertThat(reserve(counter, "a", 7, analysesPerDay(1))).isInstanceOf(Held.class);
    }
    assertThat(counter.used(ACCOUNT, NOW))
        .containsEntry(CapLimit.ANALYSES_PER_DAY, 1L)
        .containsEntry(CapLimit.MICROS_PER_MONTH, 7L);
  }

  @Test
  void aMonthsCapCountsAllItsDaysAndADaysCapOnlyItself() {
    CapCounter counter = counter();
    Caps caps = new Caps(1L, 2L, null, null);
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    Instant nextMonth = Instant.parse("2026-12-01T00:00:00Z");
    reserve(counter, "a", 1, caps);

    assertThat(counter.reserve(ACCOUNT, request("b").id(), tomorrow, 1, caps))
        .isInstanceOf(Held.class);
    now = now.plus(Duration.ofMinutes(1));
    Hold third =
        counter.reserve(ACCOUNT, request("c").id(), tomorrow.plus(Duration.ofDays(1)), 1, caps);

    assertThat(third).isInstanceOf(Refused.class);
    assertThat(((Refused) third).limit()).isEqualTo(CapLimit.ANALYSES_PER_MONTH);
    assertThat(counter.reserve(ACCOUNT, request("d").id(), nextMonth, 1, caps))
        .isInstanceOf(Held.class);
  }

  @Test
  void aReservationIsRaisedOnlyWithinTheCapAndReplacedByTheBill() {
    CapCounter counter = counter();
    Caps caps = microsPerDay(100);
    AnalysisRequest a = request("a");
    reserve(counter, "a", 10, caps);
    reserve(counter, "b", 10, caps);
    now = now.plus(Duration.ofMinutes(1));

    assertThat(counter.raise(a, 91, caps)).isInstanceOf(Refused.class);
    assertThat(counter.used(ACCOUNT, NOW)).containsEntry(CapLimit.MICROS_PER_DAY, 20L);
    assertThat(counter.raise(a, 90, caps)).isInstanceOf(Held.class);
    assertThat(counter.used(ACCOUNT, NOW)).containsEntry(CapLimit.MICROS_PER_DAY, 100L);

    counter.settle(a, 1, 50, NOW, COUNTED);
    counter.settle(a, 1, 50, NOW, COUNTED);

    assertThat(counter.used(ACCOUNT, NOW)).containsEntry(CapLimit.MICROS_PER_DAY, 60L);
  }

  @Test
  void whatFailsCountsForNothing() {
    CapCounter counter = counter();
    reserve(counter, "a", 10, analysesPerDay(1));

    counter.settle(request("a"), 0, 0, NOW, COUNTED);

    assertThat(counter.used(ACCOUNT, NOW)).containsEntry(CapLimit.ANALYSES_PER_DAY, 0L);
    assertThat(reserve(counter, "b", 10, analysesPerDay(1))).isInstanceOf(Held.class);
  }

  @Test
  void theBillOfAnUnreservedAnalysisCountsOnlyIfItWasAcceptedBeforeTheCaps() {
    CapCounter counter = counter();

    counter.settle(request("a"), 1, 10, NOW, new CapStore.CountedCaps(Caps.NONE, NOW));
    counter.settle(request("b"), 1, 10, NOW, COUNTED);

    assertThat(counter.used(ACCOUNT, NOW)).containsEntry(CapLimit.MICROS_PER_DAY, 10L);
  }

  @Test
  void whatWasBilledBeforeTheCapsOrAddedUpDoesNotCountAgain() {
    CapCounter counter = counter();
    CapStore.CountedCaps since = new CapStore.CountedCaps(Caps.NONE, NOW);

    counter.settle(request("before"), 1, 10, NOW.minusSeconds(1), since);
    assertThat(counter.used(ACCOUNT, NOW)).containsEntry(CapLimit.MICROS_PER_DAY, 0L);

    counter.settle(request("a"), 1, 10, NOW, since);
    now = NOW.plus(CapCounter.KEPT).plusSeconds(1);
    counter.fold(ACCOUNT, YearMonth.of(2026, 11));
    counter.fold(ACCOUNT, YearMonth.of(2026, 11));
    counter.settle(request("a"), 1, 10, NOW, since);

    assertThat(counter.used(ACCOUNT, NOW))
        .containsEntry(CapLimit.MICROS_PER_DAY, 10L)
        .containsEntry(CapLimit.ANALYSES_PER_DAY, 1L);
  }

  @Test
  void addingUpChangesNothingThatCountsWhereverItIsKilled() {
    YearMonth month = YearMonth.of(2026, 11);
    int kills = 0;
    for (int requests = 0; ; requests++) {
      String account = ACCOUNT + requests;
      for (int i = 0; i < 3; i++) {
        AnalysisRequest request = request(account, "a" + i, NOW);
        counter().reserve(account, request.id(), NOW, 10, Caps.NONE);
        if (i > 0) {
          counter().settle(request, 1, 5, NOW, COUNTED);
        }
      }
      now = NOW.plus(Duration.ofHours(1));
      boolean killed = false;
      try {
        counter(STORE.killedAfter(requests)).fold(account, month);
      } catch (TestStore.Killed | IllegalStateException e) {
        assertThat(TestStore.wasKilled(e)).isTrue();
        killed = true;
        kills++;
      }
      assertThat(counter().used(account, NOW)).containsEntry(CapLimit.MICROS_PER_DAY, 20L);

      counter().fold(account, month);
      counter().fold(account, month);

      assertThat(counter().used(account, NOW))
          .containsEntry(CapLimit.MICROS_PER_DAY, 20L)
          .containsEntry(CapLimit.ANALYSES_PER_MONTH, 3L);
      assertThat(STORE.objects().list(BillingKeys.held(account))).hasSize(1);
      if (!killed) {
        break;
      }
    }
    assertThat(kills).isGreaterThan(5);
  }

  @Test
  void theCapIsNeverExceededByManyClientsOnSeveralInstances() throws Exception {
    long cap = 1000;
    Caps caps = new Caps(40L, null, cap, null);
    AtomicLong owed = new AtomicLong();
    AtomicInteger accepted = new AtomicInteger();

    everyClient(
        CLIENTS,
        LEAST_MILLIS,
        MOST_MILLIS,
        (counter, client, random) -> {
          AnalysisRequest request = request("client" + client);
          if (reserve(counter, "client" + client, 10, caps) instanceof Held) {
            long price = random.nextLong(10, 60);
            if (counter.raise(request, price, caps) instanceof Held) {
              accepted.incrementAndGet();
              // What detectors really had to do may be less.
              long bill = random.nextBoolean() ? price : price / 2;
              owed.addAndGet(price);
              counter.settle(request, 1, bill, Instant.now(), COUNTED);
              owed.addAndGet(bill - price);
            } else {
              counter.settle(request, 0, 0, Instant.now(), COUNTED);
            }
          }
        });

    assertThat(owed.get()).isPositive().isLessThanOrEqualTo(cap);
    assertThat(accepted.get()).isPositive().isLessThanOrEqualTo(40);
    assertThat(counter().used(ACCOUNT, NOW))
        .containsEntry(CapLimit.MICROS_PER_DAY, owed.get())
        .containsEntry(CapLimit.ANALYSES_PER_DAY, (long) accepted.get());
  }

  @Test
  void whoAsksLaterGetsWhatTheRaceForTheLastLeft() throws Exception {
    AtomicInteger held = new AtomicInteger();
    Caps caps = analysesPerDay(6);
    everyClient(
        16,
        1,
        5,
        (counter, client, random) -> {
          if (reserve(counter, "client" + client, 1, caps) instanceof Held) {
            held.incrementAndGet();
          }
        });
    assertThat(held.get()).isLessThanOrEqualTo(6);

    for (int i = held.get(); i < 6; i++) {
      assertThat(reserve(counter(), "later" + i, 1, caps)).isInstanceOf(Held.class);
    }
    assertThat(reserve(counter(), "last", 1, caps)).isInstanceOf(Refused.class);
  }

  @Test
  void aClientKilledAnywhereHoldsOnlyWhatItAskedFor() {
    Caps caps = microsPerDay(100);
    for (int requests = 0; requests < 8; requests++) {
      String account = ACCOUNT + requests;
      AnalysisRequest request = request(account, "a", NOW);
      boolean isHeld = false;
      try {
        CapCounter dying = counter(STORE.killedAfter(requests));
        dying.reserve(account, request.id(), NOW, 10, caps);
        isHeld = dying.raise(request, 60, caps) instanceof Held;
        dying.settle(request, 1, 50, NOW, COUNTED);
      } catch (TestStore.Killed e) {
        // What it wrote counts, and no more.
      }
      assertThat(counter().used(account, NOW).get(CapLimit.MICROS_PER_DAY))
          .isBetween(isHeld ? 50L : 10L, 60L);

      // Its retry ends it.
      counter().reserve(account, request.id(), NOW, 10, caps);
      assertThat(counter().raise(request, 60, caps)).isInstanceOf(Held.class);
      counter().settle(request, 1, 50, NOW, COUNTED);

      assertThat(counter().used(account, NOW)).containsEntry(CapLimit.MICROS_PER_DAY, 50L);
    }
  }

  @Test
  void entriesAreReadAsTheyWereWritten() {
    LocalDate day = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
    HeldEntry entry = HeldEntry.last(ACCOUNT, request("a").id(), day, 1, 123_456_789_012L, NOW);
    String prefix = BillingKeys.heldIn(ACCOUNT, YearMonth.from(day));

    assertThat(HeldEntry.parse(entry.key(), prefix, YearMonth.from(day))).contains(entry);
    assertThat(HeldEntry.parse(prefix + "31/x/9-1-1-1-end", prefix, YearMonth.from(day))).isEmpty();
  }

  private interface Client {
    void run(CapCounter counter, int client, RandomGenerator random);
  }

  /** Runs clients at once, against four instances with stores of their own that lose answers. */
  private void everyClient(int clients, int leastMillis, int mostMillis, Client work)
      throws Exception {
    List<CapCounter> instances = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      instances.add(new CapCounter(STORE.slow(leastMillis, mostMillis, 3), Instant::now));
    }
    RandomGeneratorFactory<RandomGenerator> randoms = RandomGeneratorFactory.of("L64X128MixRandom");
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      List<? extends Future<?>> running =
          IntStream.range(0, clients)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> work.run(instances.get(i % INSTANCES), i, randoms.create(i))))
              .toList();
      for (Future<?> client : running) {
        client.get();
      }
    }
  }
}
