package org.touchstone.domain.voting;

/** A voting policy is not valid; names the faulty field. */
public class InvalidPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String problem;

  InvalidPolicyException(String field, String problem) {
    super("voting policy: " + (field.isEmpty() ? "" : field + " ") + problem);
    this.field = field;
    this.problem = problem;
  }

  /**
   * The faulty field's path, such as {@code detectors.ufd.weight}. It is relative to the record
   * when a record is created in code, and empty when the whole file is not valid.
   */
  public String field() {
    return field;
  }

  /** The fault, as a clause that follows the field's name. */
  public String problem() {
    return problem;
  }
}
