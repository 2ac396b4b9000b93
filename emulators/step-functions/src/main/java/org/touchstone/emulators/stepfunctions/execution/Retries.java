package org.touchstone.emulators.stepfunctions.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.touchstone.emulators.stepfunctions.asl.Retrier;

/**
 * Counts how often the retriers of a state have been used during one visit, and says what they
 * allow next.
 */
final class Retries {
  private static final double MILLIS = 1000;

  private final List<Retrier> retriers;
  private final List<Integer> attempts;
  private final DoubleSupplier random;

  /**
   * @param attempts how often each has been used before; empty for never
   * @param random numbers evenly distributed from 0 to 1
   */
  Retries(List<Retrier> retriers, List<Integer> attempts, DoubleSupplier random) {
    this.retriers = retriers;
    this.attempts =
        new ArrayList<>(
            attempts.size() == retriers.size()
                ? attempts
                : Collections.nCopies(retriers.size(), 0));
    this.random = random;
  }

  /** Uses up one retry for an error; empty when none is left or no retrier matches. */
  Optional<Duration> next(StateError error) {
    for (int i = 0; i < retriers.size(); i++) {
      Retrier retrier = retriers.get(i);
      if (ErrorMatch.matches(retrier.errorEquals(), error)) {
        int used = attempts.get(i);
        if (used >= retrier.maxAttempts()) {
          return Optional.empty();
        }
        attempts.set(i, used + 1);
        return Optional.of(delay(retrier, used));
      }
    }
    return Optional.empty();
  }

  private Duration delay(Retrier retrier, int used) {
    double seconds = retrier.intervalSeconds() * Math.pow(retrier.backoffRate(), used);
    double longest =
        retrier.maxDelaySeconds() == null ? Integer.MAX_VALUE : retrier.maxDelaySeconds();
    double limited = Math.min(seconds, longest);
    double drawn = retrier.fullJitter() ? limited * random.getAsDouble() : limited;
    return Duration.ofMillis(Math.round(drawn * MILLIS));
  }

  int total() {
    return attempts.stream().mapToInt(Integer::intValue).sum();
  }

  List<Integer> attempts() {
    return List.copyOf(attempts);
  }
}
