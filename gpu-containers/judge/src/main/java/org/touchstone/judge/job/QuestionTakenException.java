package org.touchstone.judge.job;

import java.time.Instant;

/** Another delivery of the job is at work on the question. */
public final class QuestionTakenException extends Exception {
  private static final long serialVersionUID = 1;

  QuestionTakenException(Instant until) {
    super("another delivery is at work on it until " + until);
  }
}
