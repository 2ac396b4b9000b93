package org.touchstone.emulators.aws;

/** A folder in which objects cannot be kept. The message says why, for the user to act on. */
public final class ServerFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServerFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
