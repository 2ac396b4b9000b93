package org.touchstone.local.selftest;

/** A model did not pass its self-test and must not be used. The message holds no paths. */
public final class SelfTestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SelfTestException(String message) {
    super(message);
  }

  public SelfTestException(String message, Throwable cause) {
    super(message, cause);
  }
}
