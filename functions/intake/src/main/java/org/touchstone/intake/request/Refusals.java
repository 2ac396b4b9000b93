package org.touchstone.intake.request;

import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/** Refuses requests for what our own checks find wrong with their values. */
public final class Refusals {
  private Refusals() {}

  /** The problem of a value that is not valid; the exception's message becomes a sentence. */
  public static ProblemException of(IllegalArgumentException e) {
    String message = e.getMessage();
    return new ProblemException(
        ProblemType.REQUEST_INVALID,
        Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".");
  }
}
