package org.touchstone.detectors.base;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.touchstone.domain.Reason;

/** The reason why a medium gives no score. The message may be shown to anyone. */
public class DetectionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final Set<Reason> FAULTS =
      EnumSet.of(Reason.ENVIRONMENT, Reason.ERROR, Reason.TIMEOUT, Reason.WORKER_LOST);

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

  /** Whether the detector failed, rather than the medium having nothing to score. */
  public boolean isFault() {
    return FAULTS.contains(reason);
  }
}
