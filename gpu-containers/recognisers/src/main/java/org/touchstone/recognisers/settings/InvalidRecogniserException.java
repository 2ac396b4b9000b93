package org.touchstone.recognisers.settings;

/** A description of a recogniser is not valid; the message names the field. */
public final class InvalidRecogniserException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidRecogniserException(String message) {
    super(message);
  }
}
