package org.touchstone.emulators.aws;

/** A folder cannot be used to keep objects in. The message says why, for the user to act on. */
public final class DataFolderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DataFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
