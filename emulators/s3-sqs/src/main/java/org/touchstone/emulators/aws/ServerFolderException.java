package org.touchstone.emulators.aws;

/** A folder cannot be used to keep objects in. The message says why, for the user to act on. */
public final class ServerFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServerFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
