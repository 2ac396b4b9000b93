package org.touchstone.emulators.stepfunctions.execution;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.touchstone.emulators.stepfunctions.api.ExecutionId;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.store.JournalRecord;
import org.touchstone.emulators.stepfunctions.store.Store;

/** Numbers the events of one execution, and records each before anything follows from it. */
final class HistoryLog {
  /** Step Functions' limit for the events of an execution. */
  static final long MAX_EVENTS = 25_000;

  private final ExecutionId id;
  private final Store store;
  private final InstantSource clock;
  private final CancelScope execution;
  private final ReentrantLock lock = new ReentrantLock();
  private long lastId;
  private boolean ended;
  private boolean closed;

  HistoryLog(ExecutionId id, Store store, InstantSource clock, CancelScope execution, long lastId) {
    this.id = id;
    this.store = store;
    this.clock = clock;
    this.execution = execution;
    this.lastId = lastId;
  }

  /**
   * Records an event.
   *
   * @throws CancelledException when the log is closed or full
   */
  HistoryEvent append(
      long previousId,
      EventType type,
      Map<String, Object> details,
      Function<HistoryEvent, JournalRecord> record) {
    lock.lock();
    try {
      requireOpen();
      // The last place is reserved for the event that ends the execution.
      if (lastId >= MAX_EVENTS - 1) {
        execution.cancel(CancelReason.HISTORY_FULL);
        throw new CancelledException(CancelReason.HISTORY_FULL);
      }
      return write(previousId, type, details, record);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Records the last event.
   *
   * @throws CancelledException when the log is closed
   */
  HistoryEvent end(EventType type, Map<String, Object> details, ExecutionStatus status) {
    lock.lock();
    try {
      requireOpen();
      boolean fromOutside =
          status == ExecutionStatus.TIMED_OUT || status == ExecutionStatus.ABORTED;
      long previous = fromOutside ? 0 : lastId;
      HistoryEvent event = write(previous, type, details, e -> new JournalRecord.Ended(e, status));
      ended = true;
      return event;
    } finally {
      lock.unlock();
    }
  }

  /** Records how often a state's retriers have been used. */
  void retried(JournalRecord.Retried attempts) {
    lock.lock();
    try {
      requireOpen();
      store.append(id, attempts);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Records that the listener was notified, which may also be after the end.
   *
   * @return false when the log is closed, and nothing was recorded
   */
  boolean notified(ExecutionStatus status) {
    lock.lock();
    try {
      if (!closed) {
        store.append(id, new JournalRecord.Notified(status));
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed || ended) {
      throw new CancelledException(CancelReason.ENGINE_CLOSED);
    }
  }

  private HistoryEvent write(
      long previousId,
      EventType type,
      Map<String, Object> details,
      Function<HistoryEvent, JournalRecord> record) {
    HistoryEvent event =
        new HistoryEvent(
            lastId + 1, previousId, clock.instant().truncatedTo(ChronoUnit.MILLIS), type, details);
    store.append(id, record.apply(event));
    lastId++;
    return event;
  }

  /** The current time in the precision of events, milliseconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Accepts nothing more, so that unwinding at a shutdown leaves no trace. */
  void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
