package org.touchstone.emulators.stepfunctions.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The system's clock and one timer thread. */
public final class SystemTimekeeper implements Timekeeper {
  private final ScheduledThreadPoolExecutor timer;

  public SystemTimekeeper() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("state-machine-timer").factory());
    // A cancelled alarm would otherwise keep its execution in memory until it was due.
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public Alarm after(Duration delay, Runnable task) {
    try {
      Future<?> alarm = timer.schedule(task, nanos(delay), TimeUnit.NANOSECONDS);
      return () -> alarm.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  private static long nanos(Duration delay) {
    try {
      return Math.max(0, delay.toNanos());
    } catch (ArithmeticException beyondTheClock) {
      return Long.MAX_VALUE / 2;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
