package org.touchstone.emulators.stepfunctions.integration;

/** A failed task, with the error's name as a definition's Retry and Catch see it. */
public final class TaskFailedException extends Exception {
  private final String error;

  /**
   * @param error the error name, such as {@code Lambda.TooManyRequestsException}
   * @param cause text about it; may be null
   */
  public TaskFailedException(String error, String cause) {
    super(cause);
    this.error = error;
  }

  public String error() {
    return error;
  }
}
