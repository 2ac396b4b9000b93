package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionSummary;
import org.touchstone.emulators.stepfunctions.store.Store;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/**
 * Takes executions to the point where nothing is left to do for them: announced, then kept for a
 * while, then removed.
 */
final class Settlement implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
  private static final Duration SWEEP_INTERVAL = Duration.ofHours(1);

  private final Store store;
  private final ExecutionIndex index;
  private final Announcer announcer;
  private final Timekeeper time;
  private final Retention retention;
  private final AtomicInteger settled = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Lock writing;
  private final Lock closing;
  private volatile Timekeeper.Alarm nextSweep = () -> {};
  private volatile boolean closed;

  Settlement(
      Store store,
      ExecutionIndex index,
      Announcer announcer,
      Timekeeper time,
      Retention retention) {
    this.store = store;
    this.index = index;
    this.announcer = announcer;
    this.time = time;
    this.retention = retention;
    ReadWriteLock gate = new ReentrantReadWriteLock();
    this.writing = gate.readLock();
    this.closing = gate.writeLock();
  }

  /** Loads the executions that earlier engines have settled, and begins to sweep. */
  void open() {
    for (ExecutionSummary summary : store.settled()) {
      index.add(new ExecutionIndex.Settled(summary));
      settled.incrementAndGet();
    }
    sweep();
  }

  /** Notifies the listener of an execution's start, before that of its end. */
  void announceStart(Execution execution) {
    if (announcer.isSilent()) {
      return;
    }
    execution.announced(
        announcer
            .announce(execution.startDescription())
            .thenAccept(
                told -> {
                  if (told) {
                    unlessClosed(() -> execution.log().notified(ExecutionStatus.RUNNING));
                  }
                }));
  }

  /** Notifies the listener of an execution's end, and settles the execution. */
  void announceEnd(Execution execution) {
    CompletableFuture<Boolean> told =
        announcer.isSilent() ? CompletableFuture.completedFuture(!closed) : tellOfEnd(execution);
    told.thenAccept(
            done -> {
              if (done) {
                unlessClosed(
                    () -> {
                      settle(execution.summary());
                      return true;
                    });
              }
            })
        .exceptionally(
            e -> {
              LOG.error("The end of {} could not be settled", execution.context().id(), e);
              return null;
            });
  }

  private CompletableFuture<Boolean> tellOfEnd(Execution execution) {
    return execution
        .announced()
        .handle((begun, failure) -> execution.description())
        .thenCompose(announcer::announce)
        .thenApply(
            told ->
                told && unlessClosed(() -> execution.log().notified(execution.summary().status())));
  }

  /**
   * Writes, unless another engine already uses the store: a caller that learns of an end from the
   * listener may close this engine before the end is settled.
   */
  private boolean unlessClosed(BooleanSupplier write) {
    writing.lock();
    try {
      return !closed && write.getAsBoolean();
    } finally {
      writing.unlock();
    }
  }

  /** Settles an execution that has ended and been announced. */
  void settle(ExecutionSummary summary) {
    store.settle(summary);
    index.settle(summary);
    if (settled.incrementAndGet() > retention.maxCount()) {
      sweep();
    }
  }

  private void sweepLater() {
    Thread.ofVirtual()
        .start(
            () ->
                unlessClosed(
                    () -> {
                      sweep();
                      return true;
                    }));
  }

  private void sweep() {
    lock.lock();
    try {
      sweepLocked();
    } finally {
      lock.unlock();
    }
  }

  private void sweepLocked() {
    nextSweep.cancel();
    if (closed) {
      return;
    }
    Instant limit = time.instant().minus(retention.age());
    List<ExecutionIndex.Settled> ended = new ArrayList<>();
    for (ExecutionIndex.Entry entry : index.all()) {
      if (entry instanceof ExecutionIndex.Settled one) {
        ended.add(one);
      }
    }
    ended.sort(Comparator.comparing(one -> one.summary().stopDate()));
    // A tenth more than needed, so that a full store is not swept at every end.
    int surplus =
        ended.size() <= retention.maxCount()
            ? 0
            : ended.size() - retention.maxCount() + retention.maxCount() / 10;
    List<ExecutionIndex.Settled> dropped = new ArrayList<>();
    for (ExecutionIndex.Settled one : ended) {
      if (dropped.size() < surplus || one.summary().stopDate().isBefore(limit)) {
        dropped.add(one);
      }
    }
    if (!dropped.isEmpty()) {
      dropped.forEach(index::remove);
      store.drop(dropped.stream().map(one -> one.summary().id()).toList());
      settled.addAndGet(-dropped.size());
      LOG.info("{} ended executions have been removed", dropped.size());
    }
    nextSweep = time.after(SWEEP_INTERVAL, this::sweepLater);
  }

  @Override
  public void close() {
    closing.lock();
    try {
      closed = true;
    } finally {
      closing.unlock();
    }
    nextSweep.cancel();
  }
}
