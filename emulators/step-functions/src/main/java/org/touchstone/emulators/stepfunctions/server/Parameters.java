package org.touchstone.emulators.stepfunctions.server;

import java.util.Map;
import org.touchstone.emulators.stepfunctions.api.ErrorCode;
import org.touchstone.emulators.stepfunctions.api.StateMachineException;

/** The members of a request, checked for their types and lengths. */
record Parameters(Map<?, ?> members) {
  private static final int MAX_ARN = 256;
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 1000;

  String required(String name, int maxLength) {
    String value = optional(name, maxLength);
    if (value == null || value.isEmpty()) {
      throw new StateMachineException(
          ErrorCode.VALIDATION, "'" + name + "' is required and must not be empty");
    }
    return value;
  }

  String arn(String name) {
    return required(name, MAX_ARN);
  }

  /** A string; null when absent. */
  String optional(String name, int maxLength) {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw new StateMachineException(ErrorCode.VALIDATION, "'" + name + "' must be a string");
    }
    if (text.length() > maxLength) {
      throw new StateMachineException(
          ErrorCode.VALIDATION, "'" + name + "' is longer than " + maxLength + " characters");
    }
    return text;
  }

  boolean flag(String name, boolean otherwise) {
    Object value = members.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Boolean flag)) {
      throw new StateMachineException(ErrorCode.VALIDATION, "'" + name + "' must be a boolean");
    }
    return flag;
  }

  /** The page size; zero stands for the default. */
  int maxResults() {
    Object value = members.get("maxResults");
    if (value == null || Integer.valueOf(0).equals(value)) {
      return DEFAULT_PAGE;
    }
    if (!(value instanceof Integer size) || size < 0 || size > MAX_PAGE) {
      throw new StateMachineException(
          ErrorCode.VALIDATION, "'maxResults' must be an integer from 0 to " + MAX_PAGE);
    }
    return size;
  }

  String nextToken() {
    return optional("nextToken", 1024);
  }
}
