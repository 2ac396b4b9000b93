package org.touchstone.emulators.stepfunctions.execution;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

  private static final Logger LOG = LoggerFactory.getLogger(HistoryLog.class);
  private static final long PAUSE_SECONDS = 1;

  private final ExecutionId id;
  private final Store store;
  private final InstantSource clock;
  private final CancelScope execution;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
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
      written(() -> attempts);
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

  /**
   * Records that the execution continues in this engine, so that a step which ends every process
   * can be recognised.
   */
  void resumed() {
    lock.lock();
    try {
      requireOpen();
      store.append(id, new JournalRecord.Resumed());
    } finally {
      lock.unlock();
    }
  }

  /** Records that the engine left the execution in good order. Only once the log is closed. */
  void suspended() {
    lock.lock();
    try {
      if (!ended) {
        store.append(id, new JournalRecord.Suspended());
      }
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
    JournalRecord written =
        written(() -> record.apply(new HistoryEvent(lastId + 1, previousId, now(), type, details)));
    lastId++;
    return JournalRecord.event(written);
  }

  /**
   * Writes a record, and waits for that as long as it takes: a full disk may have room later, and
   * until then the execution stays where it is. Only a start is not waited for, because who asked
   * for it is told.
   *
   * @param record made anew for each try, because other lines of the execution write meanwhile
   * @throws CancelledException when the log is closed first
   */
  private JournalRecord written(Supplier<JournalRecord> record) {
    for (int tries = 1; ; tries++) {
      JournalRecord line = record.get();
      try {
        store.append(id, line);
        return line;
      } catch (UncheckedIOException e) {
        if (line instanceof JournalRecord.Started) {
          throw e;
        }
        if (tries == 1) {
          LOG.error("The history of {} cannot be written; trying again until it can", id, e);
        }
        pause();
        requireOpen();
      }
    }
  }

  private void pause() {
    try {
      closing.await(PAUSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(CancelReason.ENGINE_CLOSED);
    }
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
      closing.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
