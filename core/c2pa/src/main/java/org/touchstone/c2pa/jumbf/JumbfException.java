package org.touchstone.c2pa.jumbf;

import java.io.IOException;

/** Boxes or CBOR that cannot be read. */
public final class JumbfException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean overLimit;

  private JumbfException(String message, boolean overLimit, Throwable cause) {
    super(message, cause);
    this.overLimit = overLimit;
  }

  /** Something that breaks the format. */
  public static JumbfException malformed(String message) {
    return new JumbfException(message, false, null);
  }

  /** Something that breaks the format, as another reader says. */
  public static JumbfException malformed(String message, Throwable cause) {
    return new JumbfException(message, false, cause);
  }

  /** Something that may be well formed, but is more than this reader reads. */
  public static JumbfException overLimit(String message) {
    return new JumbfException(message, true, null);
  }

  /** Whether it was not read because of a limit, which says nothing about its validity. */
  public boolean isOverLimit() {
    return overLimit;
  }
}
