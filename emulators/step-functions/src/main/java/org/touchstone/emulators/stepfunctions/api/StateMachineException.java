package org.touchstone.emulators.stepfunctions.api;

/** A request that cannot be served. The message may be shown to the caller. */
public final class StateMachineException extends RuntimeException {
  private final ErrorCode code;

  public StateMachineException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
