package org.touchstone.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The deadline of a fetch. When it passes, the current request is cancelled. This closes its
 * connection, even while it waits.
 */
final class FetchDeadline implements AutoCloseable {
  private final ScheduledFuture<?> timer;
  private boolean over;
  private Cancellable request;

  private FetchDeadline(Duration time, ScheduledExecutorService watchdog) {
    this.timer = watchdog.schedule(this::expire, time.toNanos(), TimeUnit.NANOSECONDS);
  }

  static FetchDeadline after(Duration time, ScheduledExecutorService watchdog) {
    return new FetchDeadline(time, watchdog);
  }

  /** Makes this the request to cancel at the deadline. */
  synchronized void guard(Cancellable next) {
    if (over) {
      throw new ProblemException(ProblemType.FETCH_TIMEOUT);
    }
    request = next;
  }

  private void expire() {
    Cancellable last;
    synchronized (this) {
      over = true;
      last = request;
    }
    if (last != null) {
      last.cancel();
    }
  }

  /**
   * The problem for a failure before the response: always a timeout once the deadline has passed.
   */
  ProblemException connectionProblem(IOException failure) {
    return problem(FetchProblems.ofConnection(failure), failure);
  }

  /** The problem for a failure within the body: always a timeout once the deadline has passed. */
  ProblemException transferProblem(IOException failure) {
    return problem(FetchProblems.ofTransfer(failure), failure);
  }

  private synchronized ProblemException problem(ProblemType type, IOException failure) {
    return FetchProblems.of(over ? ProblemType.FETCH_TIMEOUT : type, failure);
  }

  @Override
  public void close() {
    timer.cancel(false);
  }
}
