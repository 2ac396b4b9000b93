package org.touchstone.emulators.stepfunctions.jsonata;

/**
 * An expression that failed, returned nothing, or returned a value that its field does not accept.
 */
public final class QueryEvaluationException extends Exception {
  private final String field;

  /**
   * @param field the expression's field, relative to its state, such as {@code
   *     Arguments/Payload/id}
   */
  public QueryEvaluationException(String field, String message) {
    super(message);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
