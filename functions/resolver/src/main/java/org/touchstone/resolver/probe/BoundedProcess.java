package org.touchstone.resolver.probe;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A process that ends, with all it started, when its time is over or its owner is done with it. */
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

  /** What it prints; ends when the process does. */
  InputStream output() {
    return process.getInputStream();
  }

  /** Waits for the end; whether it ended by itself and well. */
  boolean succeeded() {
    return process.onExit().join().exitValue() == 0 && !killed;
  }

  @Override
  public void close() {
    watchdog.interrupt();
    if (process.isAlive()) {
      kill();
    }
  }
}
