package org.touchstone.checkpoints.tensor;

import java.util.Objects;

/**
 * A checkpoint cannot be used. The message names files (without their folders), tensors and
 * classes.
 */
public final class CheckpointException extends RuntimeException {
  private final Kind kind;

  public CheckpointException(Kind kind, String message) {
    super(message);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public CheckpointException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }

  /** The kind of problem with a checkpoint. */
  public enum Kind {
    /** The file does not exist or cannot be read. */
    UNREADABLE,
    /** The file is not in a known checkpoint format. */
    NOT_A_CHECKPOINT,
    /** The file ends too early, contradicts itself or breaks its format's rules. */
    MALFORMED,
    /** The file exceeds a limit far above any real checkpoint. */
    TOO_LARGE,
    /** The file uses an unsupported part of a known format. */
    UNSUPPORTED,
    /**
     * The file asks to run code: its pickle names something that is not needed to rebuild tensors.
     */
    FORBIDDEN,
    /** The model cannot be written, or there is not enough disk space for it. */
    NOT_WRITTEN,
    /** The tensors are not those of the network. */
    MISMATCH
  }
}
