package org.touchstone.storage;

import java.time.Instant;

/** Another delivery of the job is at work on the same question. */
public final class QuestionTakenException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param until the longest that the other one holds the question
   */
  public QuestionTakenException(Instant until) {
    super("another delivery is at work on it, at most until " + until, null, false, false);
  }
}
