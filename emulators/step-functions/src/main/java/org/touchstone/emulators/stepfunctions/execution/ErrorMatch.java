package org.touchstone.emulators.stepfunctions.execution;

import java.util.List;

/** Matches errors against the names in ErrorEquals. */
final class ErrorMatch {
  private ErrorMatch() {}

  static boolean matches(List<String> errorEquals, StateError error) {
    return errorEquals.stream().anyMatch(name -> matches(name, error));
  }

  private static boolean matches(String name, StateError error) {
    String thrown = error.error();
    // Nothing recovers from this error, even if it is named.
    if (StateError.RUNTIME.equals(thrown)) {
      return false;
    }
    boolean timeout =
        error.isCalled(StateError.TIMEOUT) || error.isCalled(StateError.HEARTBEAT_TIMEOUT);
    boolean terminal = StateError.DATA_LIMIT.equals(thrown);
    return switch (name) {
      case "States.ALL" -> !terminal;
      case "States.TaskFailed" -> !terminal && !timeout;
      case StateError.TIMEOUT -> timeout;
      default -> error.isCalled(name);
    };
  }
}
