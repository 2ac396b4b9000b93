package org.touchstone.domain.speech;

import java.util.Objects;
import org.touchstone.domain.Reason;

/** A recogniser gave no transcript. */
public final class RecognitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /**
   * @param message a sentence for people, without secrets and local paths
   */
  public RecognitionException(Reason reason, String message) {
    this(reason, message, null);
  }

  /**
   * @param message a sentence for people, without secrets and local paths
   */
  public RecognitionException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }
}
