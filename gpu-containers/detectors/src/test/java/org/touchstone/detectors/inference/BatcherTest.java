package org.touchstone.detectors.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.Batcher.Limits;
import org.touchstone.detectors.inference.Batcher.Part;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelException;

/** Rows are numbers and what comes out of them is their double. */
@Timeout(60)
class BatcherTest {
  private static final int POISON = 13;

  private final List<List<Integer>> runs = new CopyOnWriteArrayList<>();
  private final CountDownLatch firstBegun = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger callers = new AtomicInteger();
  private final List<Long> waits = new CopyOnWriteArrayList<>();
  private final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private final Batcher.Watch watch =
      new Batcher.Watch() {
        @Override
        public void waited(long nanos) {
          waits.add(nanos);
          throw new IllegalStateException("a watch that fails");
        }

        @Override
        public void ran(int rows, long nanos) {
          assertThat(nanos).isNotNegative();
          sizes.add(rows);
        }
      };

  @AfterEach
  void stop() {
    release.countDown();
    threads.shutdownNow();
  }

  @Test
  void runsTheRowsOfACallerInBatchesThatFit() {
    Batcher<int[], Integer> batcher = batcher(3, 1, 0);
    release.countDown();

    assertThat(batcher.run(new int[] {1, 2, 3, 4, 5, 6, 7}, 7))
        .containsExactly(2, 4, 6, 8, 10, 12, 14);
    assertThat(runs).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6), List.of(7));
  }

  @Test
  void tellsHowLongEachCallerWaitedAndHowLargeBatchesWere() throws Exception {
    Batcher<int[], Integer> batcher = batcher(2, 1, 0);
    Future<List<Integer>> first = submit(batcher, 1);
    firstBegun.await();
    Future<List<Integer>> second = submitAndAwaitIt(batcher, 2, 3, 4);
    release.countDown();

    first.get();
    second.get();
    assertThat(sizes).containsExactly(1, 2, 1);
    assertThat(waits).hasSize(2).allSatisfy(nanos -> assertThat(nanos).isNotNegative());
  }

  @Test
  void joinsWhatCallersBringWhileARunIsUnderWay() throws Exception {
    Batcher<int[], Integer> batcher = batcher(10, 1, 0);
    Future<List<Integer>> first = submit(batcher, 1);
    firstBegun.await();
    List<Future<List<Integer>>> others = new ArrayList<>();
    others.add(submitAndAwaitIt(batcher, 2, 3));
    others.add(submitAndAwaitIt(batcher, 4));
    release.countDown();

    assertThat(first.get()).containsExactly(2);
    assertThat(others.get(0).get()).containsExactly(4, 6);
    assertThat(others.get(1).get()).containsExactly(8);
    assertThat(runs).containsExactly(List.of(1), List.of(2, 3, 4));
  }

  @Test
  void servesASmallCallerBeforeTheRestOfALargeOne() throws Exception {
    Batcher<int[], Integer> batcher = batcher(2, 1, 0);
    Future<List<Integer>> large = submit(batcher, 1, 2, 3, 4, 5, 6);
    firstBegun.await();
    Future<List<Integer>> small = submitAndAwaitIt(batcher, 7, 8);
    release.countDown();

    assertThat(small.get()).containsExactly(14, 16);
    assertThat(large.get()).containsExactly(2, 4, 6, 8, 10, 12);
    assertThat(runs.indexOf(List.of(7, 8))).isLessThan(runs.indexOf(List.of(5, 6)));
  }

  @Test
  void waitsForACallerThatIsAboutToCome() throws Exception {
    Batcher<int[], Integer> batcher = batcher(10, 1, TimeUnit.MINUTES.toNanos(1));
    release.countDown();
    callers.set(2);
    Future<List<Integer>> first = submit(batcher, 1);
    Future<List<Integer>> second = submit(batcher, 2);

    assertThat(first.get()).containsExactly(2);
    assertThat(second.get()).containsExactly(4);
    assertThat(runs).hasSize(1);
    assertThat(runs.getFirst()).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void doesNotWaitWhenNobodyElseIsThere() {
    Batcher<int[], Integer> batcher = batcher(10, 1, TimeUnit.DAYS.toNanos(1));
    release.countDown();
    callers.set(1);

    assertThat(batcher.run(new int[] {5}, 1)).containsExactly(10);
  }

  @Test
  void failsOnlyTheCallerWhoseRowIsToBlame() throws Exception {
    Batcher<int[], Integer> batcher = batcher(10, 1, 0);
    submit(batcher, 1);
    firstBegun.await();
    Future<List<Integer>> good = submitAndAwaitIt(batcher, 2, 3);
    Future<List<Integer>> bad = submitAndAwaitIt(batcher, 4, POISON, 5);
    Future<List<Integer>> alsoGood = submitAndAwaitIt(batcher, 6);
    release.countDown();

    assertThat(good.get()).containsExactly(4, 6);
    assertThat(alsoGood.get()).containsExactly(12);
    assertThatThrownBy(bad::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(DetectionException.class);
  }

  @Test
  void triesNothingAgainThatWouldFailWithAnyRows() {
    AtomicInteger tries = new AtomicInteger();
    Batcher<int[], Integer> batcher =
        new Batcher<>(
            parts -> {
              tries.incrementAndGet();
              throw new ModelException("broken");
            },
            new Limits(10, 1, 0),
            callers::get,
            watch);

    assertThatThrownBy(() -> batcher.run(new int[4], 4)).hasMessage("broken");
    assertThat(tries).hasValue(1);
  }

  @Test
  void neverRunsWhatACallerGaveUpOn() throws Exception {
    Batcher<int[], Integer> batcher = batcher(10, 1, 0);
    Future<List<Integer>> first = submit(batcher, 1);
    firstBegun.await();
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicInteger reason = new AtomicInteger(-1);
    Thread impatient =
        new Thread(
            () -> {
              try {
                batcher.run(new int[] {2}, 1);
              } catch (DetectionException e) {
                reason.set(e.reason().ordinal());
              }
              stopped.countDown();
            });
    impatient.start();
    awaitWaiting(impatient);
    impatient.interrupt();
    stopped.await();
    release.countDown();

    assertThat(first.get()).containsExactly(2);
    assertThat(reason).hasValue(Reason.TIMEOUT.ordinal());
    assertThat(batcher.run(new int[] {3}, 1)).containsExactly(6);
    assertThat(runs).containsExactly(List.of(1), List.of(3));
  }

  @Test
  void givesEveryCallerItsOwnRowsUnderLoad() throws Exception {
    Batcher<int[], Integer> batcher = batcher(7, 3, 1000);
    release.countDown();
    callers.set(8);
    List<Future<List<Integer>>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      answers.add(submit(batcher, IntStream.range(0, i % 20).map(k -> 20 + k).toArray()));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get())
          .isEqualTo(IntStream.range(0, i % 20).mapToObj(k -> 2 * (20 + k)).toList());
    }
    assertThat(runs).allSatisfy(run -> assertThat(run).hasSizeBetween(1, 7));
  }

  private Batcher<int[], Integer> batcher(int maxRows, int concurrency, long lingerNanos) {
    return new Batcher<>(
        this::runFirstWhenReleased,
        new Limits(maxRows, concurrency, lingerNanos),
        callers::get,
        watch);
  }

  private List<Integer> runFirstWhenReleased(List<Part<int[]>> parts) {
    List<Integer> rows =
        parts.stream()
            .flatMap(
                part ->
                    IntStream.range(part.from(), part.from() + part.count())
                        .mapToObj(i -> part.input()[i]))
            .toList();
    firstBegun.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (rows.contains(POISON)) {
      throw new DetectionException(Reason.ERROR, "poison");
    }
    runs.add(rows);
    return rows.stream().map(n -> 2 * n).toList();
  }

  private Future<List<Integer>> submit(Batcher<int[], Integer> batcher, int... rows) {
    return threads.submit(() -> batcher.run(rows, rows.length));
  }

  /** Returns when the caller waits in line. */
  private Future<List<Integer>> submitAndAwaitIt(Batcher<int[], Integer> batcher, int... rows)
      throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    Thread[] thread = new Thread[1];
    Future<List<Integer>> future =
        threads.submit(
            () -> {
              thread[0] = Thread.currentThread();
              started.countDown();
              return batcher.run(rows, rows.length);
            });
    started.await();
    awaitWaiting(thread[0]);
    return future;
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
