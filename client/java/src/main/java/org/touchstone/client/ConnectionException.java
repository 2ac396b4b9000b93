package org.touchstone.client;

/** There was no answer, or one that cannot be read. The request may have been carried out. */
public final class ConnectionException extends TouchstoneException {
  private static final long serialVersionUID = 1;

  ConnectionException(String message, Throwable cause) {
    super(message, cause);
  }
}
