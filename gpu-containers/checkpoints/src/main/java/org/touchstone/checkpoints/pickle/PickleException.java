package org.touchstone.checkpoints.pickle;

/** A pickle is malformed, exceeds a bound or asks for something that is not allowed. */
public final class PickleException extends Exception {
  private final boolean forbidden;

  private PickleException(String message, boolean forbidden) {
    super(message);
    this.forbidden = forbidden;
  }

  static PickleException malformed(String message) {
    return new PickleException(message, false);
  }

  /** The pickle names a class or function that is not on the list. */
  public static PickleException forbidden(String message) {
    return new PickleException(message, true);
  }

  /** A name on the list was used in a way it cannot be. */
  public static PickleException misuse(String message) {
    return new PickleException(message, false);
  }

  public boolean isForbidden() {
    return forbidden;
  }
}
