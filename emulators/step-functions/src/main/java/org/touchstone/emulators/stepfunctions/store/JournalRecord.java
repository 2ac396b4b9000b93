package org.touchstone.emulators.stepfunctions.store;

import java.time.Instant;
import java.util.List;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;

/** One line of an execution's journal. */
public sealed interface JournalRecord {
  /**
   * The first line.
   *
   * @param definitionId the definition that the execution runs, even if its machine changes
   * @param event ExecutionStarted, which holds the input
   */
  record Started(String roleArn, Instant startDate, String definitionId, HistoryEvent event)
      implements JournalRecord {}

  /** An event inside a branch or an iteration, or a top-level event without a change of state. */
  record Happened(HistoryEvent event) implements JournalRecord {}

  /** The execution has entered a top-level state. */
  record Entered(HistoryEvent event) implements JournalRecord {}

  /**
   * The execution has left a top-level state.
   *
   * @param next the state to continue with; null when that was the last one
   */
  record Exited(HistoryEvent event, String next) implements JournalRecord {}

  /**
   * A top-level state is tried again.
   *
   * @param attempts how often each of the state's retriers has been used
   */
  record Retried(List<Integer> attempts) implements JournalRecord {}

  /** The execution has ended. */
  record Ended(HistoryEvent event, ExecutionStatus status) implements JournalRecord {}

  /** The listener was notified. */
  record Notified(ExecutionStatus status) implements JournalRecord {}

  /** A later engine has taken up the execution. */
  record Resumed() implements JournalRecord {}

  /** The engine was closed and left the execution where it is. */
  record Suspended() implements JournalRecord {}

  /** The event of a record; null when it has none. */
  static HistoryEvent event(JournalRecord record) {
    return switch (record) {
      case Started r -> r.event();
      case Happened r -> r.event();
      case Entered r -> r.event();
      case Exited r -> r.event();
      case Ended r -> r.event();
      case Retried r -> null;
      case Notified r -> null;
      case Resumed r -> null;
      case Suspended r -> null;
    };
  }
}
