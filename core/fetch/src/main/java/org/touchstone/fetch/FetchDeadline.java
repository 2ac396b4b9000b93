package org.touchstone.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The end of a fetch's time. When it comes, the request at hand is cancelled, which closes its
 * connection whatever it is waiting for.
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

  /** Makes this the request that is cancelled in the end. */
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

  /** What a failure before the response means: a timeout, whatever it looks like, when over. */
  ProblemException connectionProblem(IOException failure) {
    return problem(FetchProblems.ofConnection(failure), failure);
  }

  /** What a failure within the body means: a timeout, whatever it looks like, when over. */
  ProblemException transferProblem(IOException failure) {
    return problem(FetchProblems.ofTransfer(failure), failure);
  }

  private synchronized ProblemException problem(ProblemType type, IOException failure) {
    return new ProblemException(Problem.of(over ? ProblemType.FETCH_TIMEOUT : type), failure);
  }

  @Override
  public void close() {
    timer.cancel(false);
  }
}
