package org.touchstone.judge.settings;

/** A judge's description is not valid. The message names the field. */
public final class InvalidJudgeException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidJudgeException(String problem) {
    super(problem);
  }
}
