package org.touchstone.local.stack;

/** A problem with this machine prevents the stack from starting. The message is for the user. */
public class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StackException(String message) {
    super(message);
  }

  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
