package org.touchstone.local.stack;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Calls functions by the clock, as EventBridge Scheduler does on AWS. */
final class FunctionSchedule {
  private static final Logger LOG = Logger.getLogger(FunctionSchedule.class);

  private FunctionSchedule() {}

  /** Calls a function now and again each time after its last call ended, until the process ends. */
  static void every(String name, Duration period, Runnable function) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
    thread.scheduleWithFixedDelay(
        () -> call(name, function), 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void call(String name, Runnable function) {
    // Quarkus needs the application's class loader.
    Thread.currentThread().setContextClassLoader(FunctionSchedule.class.getClassLoader());
    try {
      function.run();
    } catch (RuntimeException e) {
      LOG.warnf(e, "function %s failed; it is called again", name);
    }
  }
}
