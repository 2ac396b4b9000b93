package org.touchstone.openid;

/** A token that is not to be believed; the message says why, and never holds parts of it. */
final class TokenException extends Exception {
  private static final long serialVersionUID = 1L;

  TokenException(String message) {
    super(message);
  }
}
