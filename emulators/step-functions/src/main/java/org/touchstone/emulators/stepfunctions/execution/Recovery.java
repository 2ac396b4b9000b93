package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import org.touchstone.emulators.stepfunctions.asl.Catcher;
import org.touchstone.emulators.stepfunctions.asl.State;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.time.Timekeeper;

/** Retry and Catch: repeats a state's work until it succeeds, is given up, or is caught. */
final class Recovery {
  private final Expressions expressions;
  private final Timekeeper time;
  private final DoubleSupplier random;

  /** One attempt at a state's work, its output and assignments included. */
  @FunctionalInterface
  interface Attempt {
    Transition run() throws StateError;
  }

  Recovery(Expressions expressions, Timekeeper time, DoubleSupplier random) {
    this.expressions = expressions;
    this.time = time;
    this.random = random;
  }

  /**
   * @param used how often each retrier was used before a restart; empty for never
   */
  Transition run(Visit visit, State.Recoverable state, List<Integer> used, Attempt attempt)
      throws StateError {
    Retries retries = new Retries(state.retriers(), used, random);
    while (true) {
      visit.retryCount(retries.total());
      visit.failsAs(null);
      try {
        return attempt.run();
      } catch (StateError error) {
        Optional<Duration> delay = retries.next(error);
        if (delay.isEmpty()) {
          if (visit.failure() != null) {
            visit.line().record(visit.failure(), Map.of());
          }
          return recover(visit, state, error);
        }
        visit.line().recordRetried(retries.attempts());
        pause(visit.line().scope(), delay.get());
      }
    }
  }

  private Transition recover(Visit visit, State.Recoverable state, StateError error)
      throws StateError {
    for (Catcher catcher : state.catchers()) {
      if (ErrorMatch.matches(catcher.errorEquals(), error)) {
        Payload output = error.output();
        return expressions.leave(
            visit,
            catcher.effects(),
            visit.bindings().withErrorOutput(output),
            output,
            catcher.next());
      }
    }
    throw error;
  }

  /** Waits for a delay. */
  void pause(CancelScope scope, Duration delay) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Timekeeper.Alarm alarm = time.after(delay, () -> over.complete(null));
    try {
      scope.await(over);
    } finally {
      alarm.cancel();
    }
  }
}
