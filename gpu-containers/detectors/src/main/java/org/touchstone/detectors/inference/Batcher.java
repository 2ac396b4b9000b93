package org.touchstone.detectors.inference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelException;

/**
 * Joins the rows of several callers into one run of a model. It has no thread of its own: one of
 * the waiting callers runs the joined batch while the others wait for their part of it. Callers are
 * served in turn: one with more rows than fit goes back to the end of the line with the rest.
 * Thread-safe.
 *
 * @param <T> a caller's input
 * @param <R> the result of a row
 */
final class Batcher<T, R> {
  private static final Logger LOG = System.getLogger(Batcher.class.getName());

  private final Engine<T, R> engine;
  private final Limits limits;
  private final IntSupplier callers;
  private final Watch watch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Call<T, R>> waiting = new ArrayDeque<>();
  private int running;
  private int calls;

  /**
   * @param callers the number of callers that may submit rows; while some of them have not
   *     submitted any, a batch that is not full waits for them briefly
   * @param watch is told of every run
   */
  Batcher(Engine<T, R> engine, Limits limits, IntSupplier callers, Watch watch) {
    this.engine = engine;
    this.limits = limits;
    this.callers = callers;
    this.watch = watch;
  }

  /** Receives how long callers wait and runs take. */
  interface Watch {
    /**
     * @param nanos from a caller's arrival to the start of the first run with its rows
     */
    void waited(long nanos);

    /**
     * @param rows of one run
     * @param nanos duration of the run
     */
    void ran(int rows, long nanos);
  }

  /**
   * @param maxRows most rows of a run
   * @param concurrency most runs at the same time
   * @param lingerNanos how long a batch that is not full waits for expected callers
   */
  record Limits(int maxRows, int concurrency, long lingerNanos) {}

  /** Runs a batch. */
  interface Engine<T, R> {
    /**
     * @return one result per row, in the order of the parts
     * @throws ModelException when any rows would fail
     * @throws DetectionException when these rows fail
     */
    List<R> run(List<Part<T>> parts);
  }

  /**
   * Some of a caller's rows.
   *
   * @param from first row
   * @param count number of rows
   */
  record Part<T>(T input, int from, int count) {}

  /**
   * Runs rows, alone or together with those of other callers.
   *
   * @throws DetectionException with {@link Reason#TIMEOUT} when interrupted before all of them were
   *     done; those not yet begun are never run
   * @throws RuntimeException the engine's exception for these rows
   */
  List<R> run(T input, int rows) {
    Call<T, R> call = new Call<>(input, rows);
    lock.lock();
    try {
      calls++;
      waiting.add(call);
      changed.signalAll();
      while (!call.isDone()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (running < limits.concurrency() && call.next < call.rows) {
          lead();
        } else {
          changed.await();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DetectionException(Reason.TIMEOUT, "It was stopped while it waited.", e);
    } finally {
      calls--;
      waiting.remove(call);
      lock.unlock();
    }
    return call.results();
  }

  private void lead() throws InterruptedException {
    running++;
    List<Turn<T, R>> batch = List.of();
    try {
      linger();
      batch = take();
      lock.unlock();
      try {
        tellOfWaiting(batch);
        runOrSplit(batch);
      } finally {
        lock.lock();
      }
    } finally {
      running--;
      batch.forEach(turn -> turn.call.pending -= turn.count);
      changed.signalAll();
    }
  }

  private void linger() throws InterruptedException {
    long left = limits.lingerNanos();
    while (left > 0 && calls < callers.getAsInt() && rowsWaiting() < limits.maxRows()) {
      left = changed.awaitNanos(left);
    }
  }

  private int rowsWaiting() {
    return waiting.stream().mapToInt(call -> call.rows - call.next).sum();
  }

  private List<Turn<T, R>> take() {
    List<Turn<T, R>> batch = new ArrayList<>();
    int free = limits.maxRows();
    while (free > 0 && !waiting.isEmpty()) {
      Call<T, R> call = waiting.remove();
      int count = Math.min(free, call.rows - call.next);
      batch.add(new Turn<>(call, call.next, count));
      call.next += count;
      call.pending += count;
      free -= count;
      if (call.next < call.rows) {
        waiting.add(call);
      }
    }
    return batch;
  }

  /**
   * Runs a batch, and its halves again if it fails, so that rows fail only for their own faults.
   */
  private void runOrSplit(List<Turn<T, R>> batch) {
    int rows = batch.stream().mapToInt(Turn::count).sum();
    if (rows == 0) {
      return;
    }
    try {
      deliver(batch, run(batch, rows));
    } catch (ModelException e) {
      batch.forEach(turn -> turn.call.failure = e);
    } catch (RuntimeException | Error e) {
      if (rows == 1) {
        batch.getFirst().call.failure = e;
        return;
      }
      runOrSplit(rows(batch, 0, rows / 2));
      runOrSplit(rows(batch, rows / 2, rows));
    }
  }

  private List<R> run(List<Turn<T, R>> batch, int rows) {
    long start = System.nanoTime();
    try {
      return engine.run(batch.stream().map(Turn::part).toList());
    } finally {
      long nanos = System.nanoTime() - start;
      tell(() -> watch.ran(rows, nanos));
    }
  }

  private void tellOfWaiting(List<Turn<T, R>> batch) {
    long now = System.nanoTime();
    for (Turn<T, R> turn : batch) {
      if (turn.from == 0) {
        tell(() -> watch.waited(now - turn.call.arrived));
      }
    }
  }

  /** Tells the watch. A watch that fails does not fail the run. */
  private static void tell(Runnable message) {
    try {
      message.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a listener of batches failed", e);
    }
  }

  private static <T, R> List<Turn<T, R>> rows(List<Turn<T, R>> batch, int from, int to) {
    List<Turn<T, R>> some = new ArrayList<>();
    int first = 0;
    for (Turn<T, R> turn : batch) {
      int start = Math.max(0, from - first);
      int end = Math.min(turn.count, to - first);
      if (start < end && turn.call.failure == null) {
        some.add(new Turn<>(turn.call, turn.from + start, end - start));
      }
      first += turn.count;
    }
    return some;
  }

  private static <T, R> void deliver(List<Turn<T, R>> batch, List<R> results) {
    int row = 0;
    for (Turn<T, R> turn : batch) {
      for (int i = 0; i < turn.count; i++) {
        turn.call.results[turn.from + i] = results.get(row++);
      }
    }
  }

  /** Rows of a call that are run in one batch. */
  private record Turn<T, R>(Call<T, R> call, int from, int count) {
    Part<T> part() {
      return new Part<>(call.input, from, count);
    }
  }

  /**
   * The call that a caller waits for. The lock guards the counters. Results and failure belong to
   * the thread that runs the rows; it acquires the lock afterwards.
   */
  private static final class Call<T, R> {
    private final T input;
    private final int rows;
    private final long arrived = System.nanoTime();
    private final Object[] results;
    private volatile Throwable failure;
    private int next;
    private int pending;

    Call(T input, int rows) {
      this.input = input;
      this.rows = rows;
      this.results = new Object[rows];
    }

    boolean isDone() {
      return pending == 0 && (next == rows || failure != null);
    }

    @SuppressWarnings("unchecked")
    List<R> results() {
      switch (failure) {
        case null -> {
          return (List<R>) Arrays.asList(results);
        }
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }
}
