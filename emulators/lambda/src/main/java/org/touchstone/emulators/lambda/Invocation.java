package org.touchstone.emulators.lambda;

/** The outcome of an invocation. */
public sealed interface Invocation {
  /** The function answered. */
  record Response(String payload) implements Invocation {}

  /**
   * The function failed.
   *
   * @param type the error's type, a class name for Java's exceptions
   * @param payload the posted JSON object with {@code errorMessage} and {@code errorType}
   */
  record Failure(String type, String payload) implements Invocation {}
}
