package org.touchstone.local.roster;

/** A plan of endpoints that cannot be used. The message says why, for whoever runs the system. */
public final class PlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PlanException(String message) {
    super(message);
  }

  PlanException(String message, Throwable cause) {
    super(message, cause);
  }
}
