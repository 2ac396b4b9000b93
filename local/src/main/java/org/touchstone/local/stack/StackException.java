package org.touchstone.local.stack;

/** Something about this machine keeps the stack from starting; the message is for the user. */
public class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }

  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
