package org.touchstone.fetch;

import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * How long work may still take. What will not be done in time is refused as soon as that can be
 * told, instead of being cut off at the end without a reason.
 */
public final class TimeBudget {
  /** How long the speed of a transfer is watched before anything is concluded from it. */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private static final String TOO_SLOW =
      "At the speed of the server at this link, the media would not be here in time.";

  private final LongSupplier nanoTime;
  private final long end;

  private TimeBudget(Duration time, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + time.toNanos();
  }

  /** From now on. */
  public static TimeBudget of(Duration time) {
    return of(time, System::nanoTime);
  }

  static TimeBudget of(Duration time, LongSupplier nanoTime) {
    return new TimeBudget(time, nanoTime);
  }

  /**
   * What is left.
   *
   * @throws ProblemException {@link ProblemType#FETCH_TIMEOUT} when nothing is
   */
  public Duration left() {
    long left = end - nanoTime.getAsLong();
    if (left <= 0) {
      throw new ProblemException(ProblemType.FETCH_TIMEOUT, TOO_SLOW);
    }
    return Duration.ofNanos(left);
  }

  /** A transfer that begins now. */
  public Progress begin() {
    return new Progress(nanoTime.getAsLong());
  }

  /**
   * A stream that is read under this budget; reading it throws as {@link Progress#at} does.
   *
   * @param announcedBytes how long it will be; -1 when that is not known
   */
  public InputStream watch(InputStream in, long announcedBytes) {
    return new WatchedInputStream(in, announcedBytes, begin());
  }

  /** How far a transfer is. */
  public final class Progress {
    private final long start;

    private Progress(long start) {
      this.start = start;
    }

    /**
     * @param done how much of it is done, 0 to 1
     * @throws ProblemException {@link ProblemType#FETCH_TIMEOUT} when the rest will not be done in
     *     time if it goes on as it did so far
     */
    public void at(double done) {
      double left = left().toNanos();
      double elapsed = nanoTime.getAsLong() - start;
      if (elapsed > WARM_UP.toNanos() && elapsed * (1 - done) > left * done) {
        throw new ProblemException(ProblemType.FETCH_TIMEOUT, TOO_SLOW);
      }
    }
  }
}
