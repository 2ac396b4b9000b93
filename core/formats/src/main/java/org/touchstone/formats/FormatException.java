package org.touchstone.formats;

import java.io.IOException;

/**
 * A file that is not what its first bytes promise, or is nothing at all. The message is fit to be
 * shown to anyone.
 */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public FormatException(String message) {
    super(message);
  }
}
