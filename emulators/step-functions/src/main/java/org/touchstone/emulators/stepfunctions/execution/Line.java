package org.touchstone.emulators.stepfunctions.execution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.asl.State;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.history.HistoryEvent;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.store.JournalRecord;

/**
 * One line of states that follow each other: the execution's own, a branch of a Parallel, or an
 * iteration of a Map. Used by one thread.
 */
final class Line {
  private final ExecutionContext context;
  private final HistoryLog log;
  private final CancelScope scope;
  private final MapItem item;
  private final boolean top;
  private Map<String, Payload> variables;
  private long previousId;
  private State endedIn;

  private Line(
      ExecutionContext context,
      HistoryLog log,
      CancelScope scope,
      MapItem item,
      boolean top,
      Map<String, Payload> variables,
      long previousId) {
    this.context = context;
    this.log = log;
    this.scope = scope;
    this.item = item;
    this.top = top;
    this.variables = variables;
    this.previousId = previousId;
  }

  /** The execution's own line. */
  static Line top(
      ExecutionContext context,
      HistoryLog log,
      CancelScope scope,
      Map<String, Payload> variables,
      long previousId) {
    return new Line(context, log, scope, null, true, variables, previousId);
  }

  /**
   * A line inside a state of this one; it sees this line's variables.
   *
   * @param item the item of an iteration; null for a branch, which keeps this line's item
   * @param after the event that its first one follows
   */
  Line inner(CancelScope innerScope, MapItem item, long after) {
    MapItem seen = item == null ? this.item : item;
    return new Line(context, log, innerScope, seen, false, variables, after);
  }

  /** Records an event after the line's last one; it becomes the last one. */
  HistoryEvent record(EventType type, Map<String, Object> details) {
    HistoryEvent event = log.append(previousId, type, details, JournalRecord.Happened::new);
    previousId = event.id();
    return event;
  }

  /** Records an event after the line's last one, which remains the one that the next follows. */
  HistoryEvent recordAside(EventType type, Map<String, Object> details) {
    return log.append(previousId, type, details, JournalRecord.Happened::new);
  }

  /** Records an event after another one; it becomes the last one. */
  void recordAfter(long eventId, EventType type, Map<String, Object> details) {
    previousId = eventId;
    record(type, details);
  }

  /** Notes the state in which an error or a cancellation ends the line. */
  void endedIn(State state) {
    endedIn = state;
  }

  /** Records that the state in which the line ended was aborted; nothing if it cannot be. */
  void recordAborted() {
    if (endedIn != null) {
      recordAside(EventType.aborted(endedIn.type()), Map.of());
      endedIn = null;
    }
  }

  /** As {@link #recordAborted()}, for the execution's own line, which nothing is around. */
  void recordAbortedAtTop() {
    if (top) {
      recordAborted();
    }
  }

  HistoryEvent recordEntered(EventType type, Map<String, Object> details) {
    HistoryEvent event =
        log.append(
            previousId,
            type,
            details,
            e -> top ? new JournalRecord.Entered(e) : new JournalRecord.Happened(e));
    previousId = event.id();
    return event;
  }

  void recordExited(EventType type, Map<String, Object> details, String next) {
    HistoryEvent event =
        log.append(
            previousId,
            type,
            details,
            e -> top ? new JournalRecord.Exited(e, next) : new JournalRecord.Happened(e));
    previousId = event.id();
  }

  void recordRetried(List<Integer> attempts) {
    if (top) {
      log.retried(new JournalRecord.Retried(attempts));
    }
  }

  /** Assigns new values to variables; the states from the next one on see them. */
  void assign(Map<String, Payload> assigned) {
    if (!assigned.isEmpty()) {
      Map<String, Payload> changed = new HashMap<>(variables);
      changed.putAll(assigned);
      variables = changed;
    }
  }

  Map<String, Payload> variables() {
    return variables;
  }

  ExecutionContext context() {
    return context;
  }

  CancelScope scope() {
    return scope;
  }

  MapItem item() {
    return item;
  }

  long previousId() {
    return previousId;
  }

  /** Continues after the last event of an inner line. */
  void follow(long eventId) {
    previousId = eventId;
  }
}
