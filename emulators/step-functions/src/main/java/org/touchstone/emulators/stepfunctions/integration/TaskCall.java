package org.touchstone.emulators.stepfunctions.integration;

import java.util.List;
import java.util.Map;

/**
 * One call of an integration.
 *
 * @param arguments the Task's evaluated arguments, plain JSON values
 */
public record TaskCall(Map<String, Object> arguments, String executionArn, String stateMachineArn) {
  /**
   * A string argument.
   *
   * @return null when absent
   * @throws TaskFailedException when it is not a string
   */
  String text(String name) throws TaskFailedException {
    Object value = arguments.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw invalid("The argument '" + name + "' must be a string");
  }

  /**
   * A required string argument.
   *
   * @throws TaskFailedException when it is absent or not a string
   */
  String requiredText(String name) throws TaskFailedException {
    String value = text(name);
    if (value == null) {
      throw invalid("The argument '" + name + "' is required");
    }
    return value;
  }

  /**
   * A string argument with few possible values.
   *
   * @return null when absent
   * @throws TaskFailedException when it is another value
   */
  String choice(String name, String... values) throws TaskFailedException {
    String value = text(name);
    if (value != null && !List.of(values).contains(value)) {
      throw invalid("The argument '" + name + "' must be one of " + String.join(", ", values));
    }
    return value;
  }

  /** The error for arguments that the check of a definition could not see. */
  static TaskFailedException invalid(String message) {
    return new TaskFailedException("States.Runtime", message);
  }
}
