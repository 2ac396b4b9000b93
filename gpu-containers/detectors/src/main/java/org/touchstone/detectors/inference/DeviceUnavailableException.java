package org.touchstone.detectors.inference;

/** The configured device for models cannot be used. The message says why and what to do. */
public class DeviceUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeviceUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
