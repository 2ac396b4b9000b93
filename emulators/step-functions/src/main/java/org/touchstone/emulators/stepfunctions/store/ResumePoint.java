package org.touchstone.emulators.stepfunctions.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.touchstone.emulators.stepfunctions.json.Payload;

/**
 * The point at which an unfinished execution continues.
 *
 * @param state the state it was in or was about to enter; null when it had left its last state
 * @param input that state's input; the execution's output when there is no state
 * @param entered id of the event that entered the state; 0 when it was not entered yet
 * @param enteredAt when it entered the state; null when it was not entered yet
 * @param attempts how often each of the state's retriers has been used; empty for never
 * @param variables the execution's variables
 * @param previousId the last event of the execution's own line of states
 */
public record ResumePoint(
    String state,
    Payload input,
    long entered,
    Instant enteredAt,
    List<Integer> attempts,
    Map<String, Payload> variables,
    long previousId) {
  /** The same point, after a later event. */
  public ResumePoint after(long eventId) {
    return new ResumePoint(state, input, entered, enteredAt, attempts, variables, eventId);
  }
}
