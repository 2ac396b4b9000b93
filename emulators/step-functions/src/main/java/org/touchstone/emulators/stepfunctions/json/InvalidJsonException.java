package org.touchstone.emulators.stepfunctions.json;

/** A text that is not one JSON value. The message says where, never what the text holds. */
public final class InvalidJsonException extends Exception {
  public InvalidJsonException(String message) {
    super(message);
  }
}
