package org.touchstone.resolver.probe;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that is ended with all its children when its time is over or when it is closed. */
final class BoundedProcess implements AutoCloseable {
  private final Process process;
  private final Thread watchdog;
  private volatile boolean killed;

  private BoundedProcess(Process process, Duration timeout) {
    this.process = process;
    this.watchdog =
        Thread.ofVirtual().name("process-watchdog").start(() -> killUnlessEnded(timeout));
  }

  static BoundedProcess start(ProcessBuilder builder, Duration timeout) throws IOException {
    Process process = builder.start();
    process.getOutputStream().close();
    return new BoundedProcess(process, timeout);
  }

  private void killUnlessEnded(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException ownerIsDone) {
      kill();
    }
  }

  private void kill() {
    killed = true;
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** The process's output; it ends when the process does. */
  InputStream output() {
    return process.getInputStream();
  }

  /** Waits for the end; returns whether the process ended by itself and successfully. */
  boolean succeeded() {
    return exitStatus() == 0 && !killed;
  }

  /**
   * Waits for the end; returns the exit status, 128 more than its signal for one that was killed.
   */
  int exitStatus() {
    return process.onExit().join().exitValue();
  }

  /** Whether the process was ended because its time was over. */
  boolean timedOut() {
    return killed;
  }

  @Override
  public void close() {
    watchdog.interrupt();
    if (process.isAlive()) {
      kill();
    }
  }
}
