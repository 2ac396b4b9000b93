package org.touchstone.mentions.gate;

/** A call that was not made, or that the platform refused whatever it was about; it can wait. */
public final class NotNowException extends Exception {
  private static final long serialVersionUID = 1;

  NotNowException(String message) {
    super(message);
  }
}
