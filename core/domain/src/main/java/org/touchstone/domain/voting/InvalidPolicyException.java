package org.touchstone.domain.voting;

/** A voting policy that cannot be used, and the field that is to blame. */
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
   * The field's path, such as {@code detectors.ufd.weight}; relative to the record when one is made
   * in code; empty when the whole file is to blame.
   */
  public String field() {
    return field;
  }

  /** What is wrong with it: a clause that follows the field's name. */
  public String problem() {
    return problem;
  }
}
