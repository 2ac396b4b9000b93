package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.touchstone.emulators.stepfunctions.api.ExecutionDescription;
import org.touchstone.emulators.stepfunctions.api.ExecutionListener;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatusChange;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/**
 * Notifies the listener about executions. A listener that throws is notified again until it does
 * not, also by later engines.
 */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  /**
   * Exponent of the longest delay, 64 seconds: soon after a fault such as a full disk has ended.
   */
  private static final int LONGEST_DELAY = 6;

  private final ExecutionListener listener;
  private final Timekeeper time;

  /**
   * @param listener may be null
   */
  Announcer(ExecutionListener listener, Timekeeper time) {
    this.listener = listener;
    this.time = time;
  }

  /** Whether there is no listener. */
  boolean isSilent() {
    return listener == null;
  }

  /**
   * Notifies the listener about an execution in its current status.
   *
   * @return completes with whether the listener has accepted it
   */
  CompletableFuture<Boolean> announce(ExecutionDescription execution) {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    ExecutionStatusChange change = change(execution);
    Thread.ofVirtual().start(() -> attempt(change, 1, told));
    return told;
  }

  private void attempt(ExecutionStatusChange change, int number, CompletableFuture<Boolean> told) {
    try {
      listener.statusChanged(change);
    } catch (RuntimeException e) {
      LOG.warn("The listener failed and will be notified again", e);
      time.after(
          Duration.ofSeconds(1L << Math.min(number, LONGEST_DELAY)),
          () -> Thread.ofVirtual().start(() -> attempt(change, number + 1, told)));
      return;
    }
    told.complete(true);
  }

  private static ExecutionStatusChange change(ExecutionDescription execution) {
    return new ExecutionStatusChange(
        execution.id().executionArn(),
        execution.id().stateMachineArn(),
        execution.id().name(),
        execution.status(),
        execution.startDate(),
        execution.stopDate(),
        execution.input(),
        execution.output(),
        execution.error(),
        execution.cause());
  }
}
