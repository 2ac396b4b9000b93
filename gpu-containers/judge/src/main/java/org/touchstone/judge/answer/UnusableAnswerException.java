package org.touchstone.judge.answer;

/** An answer fails a check. The message names the check and quotes nothing. */
public final class UnusableAnswerException extends Exception {
  private static final long serialVersionUID = 1;

  UnusableAnswerException(String problem) {
    super(problem);
  }
}
