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

  /** The reason for the failure. */
  public enum Kind {
    /** The address is not encrypted, not public, or redirects too often. */
    BLOCKED,
    /** The server cannot be reached or does not serve the file. */
    UNAVAILABLE,
    /** The transfer broke off repeatedly; the downloaded part is kept. */
    INTERRUPTED,
    /** The file is larger than the catalogue allows. */
    TOO_LARGE,
    /** The server sent a web page instead of the file. */
    NOT_A_FILE,
    /** The file's size differs from the catalogue's. */
    WRONG_SIZE,
    /** The file's SHA-256 differs from the catalogue's. */
    WRONG_CHECKSUM,
    /** The file cannot be written, the disk is full, or another process is writing it. */
    NOT_WRITTEN
  }
}
