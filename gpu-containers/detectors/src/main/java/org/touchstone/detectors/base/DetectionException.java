package org.touchstone.detectors.base;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.touchstone.domain.Reason;

/** Why a medium gives no score. The message is fit to be shown to anyone. */
public class DetectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Set<Reason> FAULTS =
      EnumSet.of(Reason.ERROR, Reason.TIMEOUT, Reason.WORKER_LOST);

  private final Reason reason;

  public DetectionException(Reason reason, String detail) {
    this(reason, detail, null);
  }

  public DetectionException(Reason reason, String detail, Throwable cause) {
    super(detail, cause);
    this.reason = Objects.requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }

  /** Whether a detector let its user down, as against the medium giving it nothing to score. */
  public boolean isFault() {
    return FAULTS.contains(reason);
  }
}
