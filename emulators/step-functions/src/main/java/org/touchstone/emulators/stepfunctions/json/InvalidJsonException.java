package org.touchstone.emulators.stepfunctions.json;

/** A text that is not exactly one JSON value. The message has the position, never the content. */
public final class InvalidJsonException extends Exception {
  public InvalidJsonException(String message) {
    super(message);
  }
}
