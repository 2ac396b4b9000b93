package org.touchstone.partners.expression;

/** An expression that gave no result for this answer. The message holds nothing of the answer. */
public final class EvaluationException extends Exception {
  private static final long serialVersionUID = 1L;

  EvaluationException(String message) {
    super(message);
  }
}
