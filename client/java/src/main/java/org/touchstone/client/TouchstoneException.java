package org.touchstone.client;

/** A call of the API that did not give what was asked for. No message holds the API key. */
public abstract sealed class TouchstoneException extends RuntimeException
    permits ApiException, ConnectionException, NotEndedException {
  private static final long serialVersionUID = 1;

  TouchstoneException(String message, Throwable cause) {
    super(message, cause);
  }
}
