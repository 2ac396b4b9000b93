package org.touchstone.worker;

import java.util.Objects;

/** A job failed in a way that further tries cannot repair. The message may be shown to anyone. */
public final class JobFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message is not a job this endpoint understands. */
  public static final String JOB_INVALID = "Touchstone.JobInvalid";

  /** The medium is not at the location that the job names. */
  public static final String MEDIA_MISSING = "Touchstone.MediaMissing";

  /** The medium's bytes differ from those that the job names. */
  public static final String MEDIA_MISMATCH = "Touchstone.MediaMismatch";

  /** The medium has more bytes than this endpoint accepts. */
  public static final String MEDIA_TOO_LARGE = "Touchstone.MediaTooLarge";

  /** Every machine that tried the job was at fault, so that it could not begin. */
  public static final String ENVIRONMENT_FAULT = "Touchstone.EnvironmentFault";

  private final String error;

  /**
   * Creates the exception with the reason.
   *
   * @param error the error's name as the workflow sees it, one of the constants of this class
   * @param message a sentence about this case
   */
  public JobFailedException(String error, String message) {
    this(error, message, null);
  }

  public JobFailedException(String error, String message, Throwable cause) {
    super(message, cause);
    this.error = Objects.requireNonNull(error, "error");
  }

  /** The error's name as the workflow sees it. */
  public String error() {
    return error;
  }
}
