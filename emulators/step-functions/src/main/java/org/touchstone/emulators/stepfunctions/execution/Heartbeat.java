package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/** Runs an action when no beat comes for a while. */
final class Heartbeat implements AutoCloseable {
  private final Timekeeper time;
  private final Duration limit;
  private final Runnable missed;
  private Timekeeper.Alarm alarm;
  private boolean closed;

  Heartbeat(Timekeeper time, Duration limit, Runnable missed) {
    this.time = time;
    this.limit = limit;
    this.missed = missed;
    this.alarm = time.after(limit, missed);
  }

  synchronized void beat() {
    alarm.cancel();
    if (!closed) {
      alarm = time.after(limit, missed);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    alarm.cancel();
  }
}
