package org.touchstone.fetch;

import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The time left for some work. Work that will not finish in time is rejected as soon as this is
 * clear, instead of being cut off at the end without a reason.
 */
public final class TimeBudget {
  /** How long a transfer is measured before its speed is judged. */
  private static final Duration WARM_UP = Duration.ofSeconds(10);

  private static final String TOO_SLOW =
      "The server at this link is too slow: the media would not arrive in time.";

  private final LongSupplier nanoTime;
  private final long end;

  private TimeBudget(Duration time, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.end = nanoTime.getAsLong() + time.toNanos();
  }

  /** A budget that starts now. */
  public static TimeBudget of(Duration time) {
    return of(time, System::nanoTime);
  }

  static TimeBudget of(Duration time, LongSupplier nanoTime) {
    return new TimeBudget(time, nanoTime);
  }

  /**
   * The time left.
   *
   * @throws ProblemException {@link ProblemType#FETCH_TIMEOUT} when no time is left
   */
  public Duration left() {
    long left = end - nanoTime.getAsLong();
    if (left <= 0) {
      throw new ProblemException(ProblemType.FETCH_TIMEOUT, TOO_SLOW);
    }
    return Duration.ofNanos(left);
  }

  /** Starts watching a transfer. */
  public Progress begin() {
    return new Progress(nanoTime.getAsLong());
  }

  /**
   * A stream that is read under this budget; reading it throws as {@link Progress#at} does.
   *
   * @param announcedBytes its expected length; -1 when unknown
   */
  public InputStream watch(InputStream in, long announcedBytes) {
    return new WatchedInputStream(in, announcedBytes, begin());
  }

  /** The progress of a transfer. */
  public final class Progress {
    private final long start;

    private Progress(long start) {
      this.start = start;
    }

    /**
     * @param done finished fraction of the transfer, 0 to 1
     * @throws ProblemException {@link ProblemType#FETCH_TIMEOUT} when at its present speed the rest
     *     will not be done in time
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
