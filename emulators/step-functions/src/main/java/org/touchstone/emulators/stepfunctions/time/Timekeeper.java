package org.touchstone.emulators.stepfunctions.time;

import java.time.Duration;
import java.time.InstantSource;

/** Tells the time and calls back later. */
public interface Timekeeper extends InstantSource, AutoCloseable {
  /** A call that has not come yet. */
  @FunctionalInterface
  interface Alarm {
    /** Calls it off; without effect once it has come. */
    void cancel();
  }

  /**
   * Runs a task once, after a delay. The task must be short and must not block.
   *
   * @param delay zero or less means as soon as possible
   */
  Alarm after(Duration delay, Runnable task);

  /** Calls everything off. */
  @Override
  void close();
}
