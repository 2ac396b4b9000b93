package org.touchstone.emulators.stepfunctions.execution;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.touchstone.emulators.stepfunctions.json.Payload;

/** An error that a state reports. It is retried or caught, or it ends its line of states. */
final class StateError extends Exception {
  /** This engine's own: the step ended every process that tried it. */
  static final String PROCESS_LOST = "ProcessLost";

  static final String RUNTIME = "States.Runtime";
  static final String DATA_LIMIT = "States.DataLimitExceeded";
  static final String TIMEOUT = "States.Timeout";
  static final String HEARTBEAT_TIMEOUT = "States.HeartbeatTimeout";
  static final String QUERY_EVALUATION = "States.QueryEvaluationError";
  static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
  static final String BRANCH_FAILED = "States.BranchFailed";
  static final String EXCEED_TOLERATED_FAILURES = "States.ExceedToleratedFailureThreshold";

  private final String error;
  private final Set<String> otherNames;

  private StateError(String error, String cause, Set<String> otherNames) {
    super(cause, null, false, false);
    this.error = error;
    this.otherNames = otherNames;
  }

  /**
   * @param error the error's name; null when a Fail state gives none
   * @param cause text about it; may be null
   */
  StateError(String error, String cause) {
    this(error, cause, Set.of());
  }

  /**
   * A missed heartbeat: reported as {@code States.Timeout}, as the service does, and matched by the
   * name that its documentation gives too.
   */
  static StateError missedHeartbeat() {
    return new StateError(TIMEOUT, null, Set.of(HEARTBEAT_TIMEOUT));
  }

  /** The same error as its Parallel reports it; {@code States.BranchFailed} matches it too. */
  StateError asBranchFailure() {
    Set<String> names = new HashSet<>(otherNames);
    names.add(BRANCH_FAILED);
    return new StateError(error, getMessage(), names);
  }

  String error() {
    return error;
  }

  String reason() {
    return getMessage();
  }

  /** Whether {@code ErrorEquals} may call it by this name, besides those of groups of errors. */
  boolean isCalled(String name) {
    return name.equals(error) || otherNames.contains(name);
  }

  /** The error as a catcher sees it: always with both fields, null when not given. */
  Payload output() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Error", error);
    json.put("Cause", reason() == null && TIMEOUT.equals(error) ? "" : reason());
    return Payload.of(json);
  }

  /** The error under the given field names, without absent parts. */
  Map<String, Object> toJson(String errorField, String causeField) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (error != null) {
      json.put(errorField, error);
    }
    if (reason() != null) {
      json.put(causeField, reason());
    }
    return json;
  }
}
