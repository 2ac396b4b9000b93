package org.touchstone.resolver.probe;

import java.io.IOException;

/** A file does not hold what its format demands. */
final class CorruptException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptException(String message) {
    super(message);
  }
}
