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

  /** What is wrong with a checkpoint. */
  public enum Kind {
    /** It is not there or the system refuses to read it. */
    UNREADABLE,
    /** No format of checkpoints. */
    NOT_A_CHECKPOINT,
    /** It ends too early, contradicts itself or breaks its format's rules. */
    MALFORMED,
    /** It exceeds a bound that no real checkpoint comes near. */
    TOO_LARGE,
    /** It is of a known format, and uses a part of it that is not supported. */
    UNSUPPORTED,
    /** It asks to run code: its pickle names something that is not needed to rebuild tensors. */
    FORBIDDEN,
    /** The system refuses to write the model, or there is no room for it. */
    NOT_WRITTEN,
    /** Its tensors are not those of the network. */
    MISMATCH
  }
}
