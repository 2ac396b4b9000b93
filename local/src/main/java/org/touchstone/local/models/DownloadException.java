package org.touchstone.local.models;

import java.util.Objects;

/** A file could not be downloaded. The message names the file and its server. */
public final class DownloadException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Kind kind;

  public DownloadException(Kind kind, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public DownloadException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }

  /** What was in the way. */
  public enum Kind {
    /** The address is not encrypted, not public, or redirects without end. */
    BLOCKED,
    /** The server is not there, has nothing there, or refuses. */
    UNAVAILABLE,
    /** The transfer broke off time and again; the part that came is kept. */
    INTERRUPTED,
    /** It is larger than the catalogue allows. */
    TOO_LARGE,
    /** It is a web page. */
    NOT_A_FILE,
    /** Its SHA-256 is not the catalogue's. */
    WRONG_CHECKSUM,
    /** The system refuses to write it, there is no room, or another process is at it. */
    NOT_WRITTEN
  }
}
