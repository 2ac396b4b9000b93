package org.touchstone.partners.expression;

/** A text that is not JSONata. */
public final class InvalidExpressionException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidExpressionException(String message) {
    super(message);
  }
}
