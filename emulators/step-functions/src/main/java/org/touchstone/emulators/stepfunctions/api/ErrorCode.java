package org.touchstone.emulators.stepfunctions.api;

/** The errors of the Step Functions API; the AWS SDK chooses its exception class by them. */
public enum ErrorCode {
  ACCESS_DENIED("AccessDeniedException"),
  EXECUTION_ALREADY_EXISTS("ExecutionAlreadyExists"),
  EXECUTION_DOES_NOT_EXIST("ExecutionDoesNotExist"),
  INVALID_ARN("InvalidArn"),
  INVALID_DEFINITION("InvalidDefinition"),
  INVALID_EXECUTION_INPUT("InvalidExecutionInput"),
  INVALID_NAME("InvalidName"),
  INVALID_OUTPUT("InvalidOutput"),
  INVALID_TOKEN("InvalidToken"),
  MISSING_REQUIRED_PARAMETER("MissingRequiredParameter"),
  STATE_MACHINE_ALREADY_EXISTS("StateMachineAlreadyExists"),
  STATE_MACHINE_DOES_NOT_EXIST("StateMachineDoesNotExist"),
  STATE_MACHINE_TYPE_NOT_SUPPORTED("StateMachineTypeNotSupported"),
  TASK_DOES_NOT_EXIST("TaskDoesNotExist"),
  TASK_TIMED_OUT("TaskTimedOut"),
  VALIDATION("ValidationException");

  private final String wireName;

  ErrorCode(String wireName) {
    this.wireName = wireName;
  }

  /** The name in a response's {@code __type}. */
  public String wireName() {
    return wireName;
  }
}
