package org.touchstone.emulators.stepfunctions.time;

import java.time.Duration;
import java.time.InstantSource;

/** Tells the time and calls back later. */
public interface Timekeeper extends InstantSource, AutoCloseable {
  /** A pending call. */
  @FunctionalInterface
  interface Alarm {
    /** Cancels the call; no effect once it was made. */
    void cancel();
  }

  /**
   * Runs a task once, after a delay. The task must be short and must not block.
   *
   * @param delay zero or less means as soon as possible
   */
  Alarm after(Duration delay, Runnable task);

  /** Cancels all pending calls. */
  @Override
  void close();
}
