package org.touchstone.mentions.platform;

import java.time.Instant;
import java.util.Objects;

/**
 * How many calls of a kind the platform still accepts.
 *
 * @param limit calls in a window; 0 when unknown
 * @param remaining calls left in this window; at 0 the caller waits until {@code resetAt}
 * @param resetAt when the next window begins
 */
public record RateLimit(long limit, long remaining, Instant resetAt) {
  public RateLimit {
    Objects.requireNonNull(resetAt, "resetAt");
  }
}
