package org.touchstone.emulators.stepfunctions.jsonata;

/** A text between the JSONata delimiters that is not a JSONata expression. */
public final class ExpressionSyntaxException extends Exception {
  public ExpressionSyntaxException(String message) {
    super(message);
  }
}
