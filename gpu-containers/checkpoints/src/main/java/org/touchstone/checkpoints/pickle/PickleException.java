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

  /** The pickle names a class or function that is not on the allowed list. */
  public static PickleException forbidden(String message) {
    return new PickleException(message, true);
  }

  /** The pickle uses an allowed name in an invalid way. */
  public static PickleException misuse(String message) {
    return new PickleException(message, false);
  }

  public boolean isForbidden() {
    return forbidden;
  }
}
