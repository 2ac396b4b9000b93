package org.touchstone.recognisers.limits;

import java.time.Duration;
import org.touchstone.domain.Reason;
import org.touchstone.domain.speech.RecognitionException;

/** The time that a service has for a recording. */
public final class TimeLeft {
  private final Duration whole;
  private final long end;

  private TimeLeft(Duration whole) {
    this.whole = whole;
    this.end = System.nanoTime() + whole.toNanos();
  }

  public static TimeLeft of(Duration whole) {
    return new TimeLeft(whole);
  }

  /** What is left of it; not positive when it is over. */
  public Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }

  /**
   * What is left of it.
   *
   * @throws RecognitionException with {@link Reason#TIMEOUT} when nothing is
   */
  public Duration required() {
    Duration left = left();
    if (!left.isPositive()) {
      throw over();
    }
    return left;
  }

  /**
   * Waits.
   *
   * @throws RecognitionException with {@link Reason#TIMEOUT} when that would outlast the time, or
   *     the wait is interrupted
   */
  public void pause(Duration pause) {
    if (pause.compareTo(required()) >= 0) {
      throw over();
    }
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecognitionException(Reason.TIMEOUT, "It was stopped before it was done.", e);
    }
  }

  public RecognitionException over() {
    return new RecognitionException(
        Reason.TIMEOUT, "The recogniser gave no result within " + whole.toSeconds() + " seconds.");
  }
}
