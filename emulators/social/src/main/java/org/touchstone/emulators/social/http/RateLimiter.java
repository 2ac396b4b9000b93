package org.touchstone.emulators.social.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Counts requests, or points, in windows of fixed length. Thread-safe. */
public final class RateLimiter {
  private final InstantSource clock;
  private final Duration window;
  private int most;
  private int used;
  private Instant reset = Instant.MIN;

  public RateLimiter(int most, Duration window, InstantSource clock) {
    this.most = most;
    this.window = window;
    this.clock = clock;
  }

  /**
   * The state after a request.
   *
   * @param isAllowed whether it was within the limit
   * @param limit most in a window
   * @param remaining what is left of this window
   * @param reset when the next window begins
   */
  public record State(boolean isAllowed, int limit, int remaining, Instant reset) {}

  /** Counts a request. */
  public synchronized State use(int points) {
    Instant now = clock.instant();
    if (!now.isBefore(reset)) {
      used = 0;
      reset = now.plus(window);
    }
    boolean isAllowed = used + points <= most;
    if (isAllowed) {
      used += points;
    }
    return new State(isAllowed, most, Math.max(0, most - used), reset);
  }

  /** Changes the limit. */
  public synchronized void allow(int number) {
    most = number;
  }
}
