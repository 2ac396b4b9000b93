package org.touchstone.detectors.base;

import java.time.Duration;
import org.touchstone.domain.Reason;

/** The time by which work must end. */
public final class Deadline {
  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The end, on the clock of {@link System#nanoTime()}. */
  public long nanos() {
    return nanos;
  }

  /**
   * Whether the time is over.
   *
   * @throws DetectionException with {@link Reason#TIMEOUT} when the thread was interrupted
   */
  public boolean passed() {
    if (Thread.currentThread().isInterrupted()) {
      throw new DetectionException(Reason.TIMEOUT, "It was stopped before it was done.");
    }
    return System.nanoTime() - nanos >= 0;
  }
}
