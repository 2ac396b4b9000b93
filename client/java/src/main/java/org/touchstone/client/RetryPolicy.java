package org.touchstone.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often a request is sent again, and after which pauses. A pause is what the answer's {@code
 * Retry-After} says; without it the pauses double, each shortened by chance so that many clients do
 * not come back together.
 *
 * @param attempts the most times a request is sent, at least 1
 * @param first the longest first pause
 * @param longest no pause without {@code Retry-After} is longer
 * @param longestRetryAfter a call fails instead of waiting longer than this
 */
public record RetryPolicy(
    int attempts, Duration first, Duration longest, Duration longestRetryAfter) {
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofMillis(250), Duration.ofSeconds(8), Duration.ofMinutes(1));

  /** Every request is sent once. */
  public static final RetryPolicy NONE =
      new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  public RetryPolicy {
    if (attempts < 1 || first.isNegative() || longest.isNegative()) {
      throw new IllegalArgumentException("a request is sent at least once, after pauses from 0 on");
    }
  }

  /** The pause after a number of attempts, at least half of what doubling gives. */
  Duration pause(int made) {
    int doublings = Math.min(made - 1, 20);
    long full = Math.min(first.toMillis() << doublings, longest.toMillis());
    return Duration.ofMillis(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}
