package org.touchstone.emulators.stepfunctions.execution;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.asl.State;
import org.touchstone.emulators.stepfunctions.history.EventType;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.jsonata.Bindings;

/** One visit of a line to a state, from entering to leaving it, with all its attempts. */
final class Visit {
  private final Line line;
  private final State state;
  private final Payload input;
  private final long enteredId;
  private final Instant enteredAt;
  private final long beforeId;
  private int retryCount;
  private EventType failure;

  /**
   * @param beforeId the event before the state was entered; 0 for none
   */
  Visit(Line line, State state, Payload input, long enteredId, Instant enteredAt, long beforeId) {
    this.beforeId = beforeId;
    this.line = line;
    this.state = state;
    this.input = input;
    this.enteredId = enteredId;
    this.enteredAt = enteredAt;
  }

  Line line() {
    return line;
  }

  State state() {
    return state;
  }

  Payload input() {
    return input;
  }

  Instant enteredAt() {
    return enteredAt;
  }

  void retryCount(int count) {
    retryCount = count;
  }

  /** The event to record if the current attempt is the last and fails; null for none. */
  EventType failure() {
    return failure;
  }

  void failsAs(EventType type) {
    failure = type;
  }

  /**
   * The event that a failed evaluation follows: what was before the state, unless the state has
   * begun to do something.
   */
  long beforeEvaluation() {
    boolean begun = line.previousId() != enteredId || state instanceof State.Wait;
    return begun ? line.previousId() : beforeId;
  }

  /** Bindings for the state's expressions before there is a result. */
  Bindings bindings() {
    return bindings(line.item(), null);
  }

  /** As {@link #bindings()}, for the item selector of a Map. */
  Bindings bindings(MapItem selected) {
    return bindings(selected, null);
  }

  /** As {@link #bindings()}, for a task with a token; null when it has none. */
  Bindings bindings(String taskToken) {
    return bindings(line.item(), taskToken);
  }

  private Bindings bindings(MapItem item, String taskToken) {
    return new Bindings(input, null, null, () -> contextObject(item, taskToken), line.variables());
  }

  private Map<String, Object> contextObject(MapItem item, String taskToken) {
    Map<String, Object> context = line.context().toContextObject();
    Map<String, Object> stateObject = new LinkedHashMap<>();
    stateObject.put("EnteredTime", enteredAt.toString());
    stateObject.put("Name", state.name());
    if (state instanceof State.Recoverable) {
      stateObject.put("RetryCount", retryCount);
    }
    context.put("State", stateObject);
    if (item != null) {
      context.put("Map", item.toContextObject());
    }
    if (taskToken != null) {
      context.put("Task", Map.of("Token", taskToken));
    }
    return context;
  }

  /** An error that the interpreter itself finds; its cause names the state. */
  StateError error(String error, String message) {
    return new StateError(
        error,
        "An error occurred while executing the state '"
            + state.name()
            + "' (entered at the event id #"
            + enteredId
            + "). "
            + message);
  }
}
