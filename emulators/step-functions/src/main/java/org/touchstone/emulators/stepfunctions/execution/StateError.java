package org.touchstone.emulators.stepfunctions.execution;

import java.util.LinkedHashMap;
import java.util.Map;
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
  private final boolean fromBranch;

  private StateError(String error, String cause, boolean fromBranch) {
    super(cause, null, false, false);
    this.error = error;
    this.fromBranch = fromBranch;
  }

  /**
   * @param error the error's name; null when a Fail state gives none
   * @param cause text about it; may be null
   */
  StateError(String error, String cause) {
    this(error, cause, false);
  }

  /** The same error as its Parallel reports it; {@code States.BranchFailed} matches it too. */
  StateError asBranchFailure() {
    return new StateError(error, getMessage(), true);
  }

  String error() {
    return error;
  }

  String reason() {
    return getMessage();
  }

  boolean isFromBranch() {
    return fromBranch;
  }

  /** The error as a catcher sees it. */
  Payload output() {
    return Payload.of(toJson("Error", "Cause"));
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
