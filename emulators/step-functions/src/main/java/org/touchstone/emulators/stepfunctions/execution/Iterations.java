package org.touchstone.emulators.stepfunctions.execution;

import java.util.Arrays;
import java.util.List;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** The results of a Map's iterations so far. */
final class Iterations {
  private final Payload[] outputs;
  private final Tolerance tolerance;
  private StateError first;
  private int failed;
  private boolean exceeded;
  private long lastId;

  Iterations(int count, Tolerance tolerance) {
    this.outputs = new Payload[count];
    this.tolerance = tolerance;
  }

  /**
   * @param eventId the event of the success
   */
  synchronized void succeeded(int index, Payload output, long eventId) {
    outputs[index] = output;
    lastId = exceeded ? lastId : Math.max(lastId, eventId);
  }

  /**
   * Records a failure; returns true when there are now more than tolerated.
   *
   * @param eventId the iteration's last event
   */
  synchronized boolean failed(int index, StateError error, long eventId) {
    outputs[index] = error.output();
    failed++;
    lastId = exceeded ? lastId : Math.max(lastId, eventId);
    if (first == null) {
      first = error;
    }
    exceeded |= tolerance.exceededBy(failed, outputs.length);
    return exceeded;
  }

  /** The event that decided the Map: the last success, or the failure that was one too many. */
  synchronized long lastId() {
    return lastId;
  }

  /** The error that the Map fails with; null when it does not fail. */
  synchronized StateError failure() {
    if (!exceeded) {
      return null;
    }
    return tolerance.given()
        ? new StateError(
            StateError.EXCEED_TOLERATED_FAILURES,
            "The specified tolerated failure threshold was exceeded")
        : first;
  }

  synchronized List<Payload> outputs() {
    return Arrays.asList(outputs);
  }
}
