package org.touchstone.emulators.stepfunctions.integration;

/** The functions a Task can invoke; in one process, the handlers themselves. Thread-safe. */
@FunctionalInterface
public interface LambdaFunctions {
  /** How an invocation ended. */
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
     * @param errorType the exception's name, by which Retry and Catch know it; null when the
     *     function ended without one, which is {@code Lambda.Unknown} to them
     * @param errorMessage what it says; may be null
     */
    record FunctionError(String errorType, String errorMessage) implements Result {}
  }

  /**
   * Invokes a function and waits for it. An interrupt means that nobody waits any more.
   *
   * @param functionName the plain name, also when the definition gives an ARN
   * @param payload its input, as JSON
   * @throws TaskFailedException when it could not be invoked, named as Step Functions names it:
   *     {@code Lambda.ResourceNotFoundException}, {@code Lambda.TooManyRequestsException}, {@code
   *     Lambda.ServiceException}
   */
  Result invoke(String functionName, String payload) throws TaskFailedException;
}
