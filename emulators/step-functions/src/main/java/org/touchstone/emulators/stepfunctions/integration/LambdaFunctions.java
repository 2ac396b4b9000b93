package org.touchstone.emulators.stepfunctions.integration;

/**
 * The functions that a Task can invoke; within one process, the handlers themselves. Thread-safe.
 */
@FunctionalInterface
public interface LambdaFunctions {
  /** The outcome of an invocation. */
  sealed interface Result {
    /**
     * The function returned.
     *
     * @param payload what it returned, as JSON
     */
    record Success(String payload) implements Result {}

    /**
     * The function threw.
     *
     * @param errorType the exception's name, which Retry and Catch match; null when the function
     *     ended without one, which they see as {@code Lambda.Unknown}
     * @param errorMessage its message; may be null
     */
    record FunctionError(String errorType, String errorMessage) implements Result {}
  }

  /**
   * Invokes a function and waits for it. An interrupt means that the result is no longer wanted.
   *
   * @param functionName the plain name, also when the definition gives an ARN
   * @param payload its input, as JSON
   * @throws TaskFailedException when it could not be invoked, with the error's name in Step
   *     Functions: {@code Lambda.ResourceNotFoundException}, {@code
   *     Lambda.TooManyRequestsException}, {@code Lambda.ServiceException}
   */
  Result invoke(String functionName, String payload) throws TaskFailedException;
}
