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
 * Tells the listener what becomes of executions. One that throws is told again, after ever longer
 * delays; after the last, the next start of the engine tells it.
 */
final class Announcer {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
  private static final int MAX_ATTEMPTS = 6;

  private final ExecutionListener listener;
  private final Timekeeper time;

  /**
   * @param listener may be null
   */
  Announcer(ExecutionListener listener, Timekeeper time) {
    this.listener = listener;
    this.time = time;
  }

  /** Whether there is nobody to tell. */
  boolean isSilent() {
    return listener == null;
  }

  /**
   * Tells of an execution as it stands.
   *
   * @return completes with whether the listener has taken it
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
      if (number == MAX_ATTEMPTS) {
        LOG.error("The listener was not told of {}", change.executionArn(), e);
        told.complete(false);
        return;
      }
      LOG.warn("The listener failed and is told again", e);
      time.after(
          Duration.ofSeconds(1L << number),
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
