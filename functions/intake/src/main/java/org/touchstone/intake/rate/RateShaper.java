package org.touchstone.intake.rate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Slows accounts down that make too many requests. Each account has a number of requests that fills
 * up again evenly within a minute. It is kept in this instance's memory only: it protects the
 * instance, and what must hold exactly are caps. Thread-safe.
 */
public final class RateShaper {
  /** The time in which an account's requests fill up again. */
  public static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int MAX_REMEMBERED = 10_000;

  private final int perMinute;
  private final InstantSource clock;
  private final Map<String, Bucket> buckets = new LinkedHashMap<>();

  /**
   * @param perMinute how many requests an account may make in a minute; 0 for any number
   */
  public RateShaper(int perMinute, InstantSource clock) {
    if (perMinute < 0) {
      throw new IllegalArgumentException("a rate is 0 or more");
    }
    this.perMinute = perMinute;
    this.clock = clock;
  }

  /** How many nanoseconds' worth of requests were left at an instant. */
  private record Bucket(long nanos, Instant at) {}

  /**
   * How an account stands.
   *
   * @param perMinute how many requests it may make in a minute
   * @param left how many at once now
   * @param fullIn when it may make all again
   */
  public record Standing(int perMinute, int left, Duration fullIn) {}

  /**
   * Counts a request.
   *
   * @throws ProblemException {@link ProblemType#RATE_LIMITED} when there were too many
   */
  public void admit(String accountId) {
    if (perMinute == 0) {
      return;
    }
    long each = each();
    synchronized (buckets) {
      Instant now = clock.instant();
      long nanos = left(accountId, now);
      if (nanos < each) {
        int seconds = (int) Duration.ofNanos(each - nanos).toSeconds() + 1;
        throw new ProblemException(new Problem(ProblemType.RATE_LIMITED, null, seconds));
      }
      buckets.remove(accountId);
      buckets.put(accountId, new Bucket(nanos - each, now));
      if (buckets.size() > MAX_REMEMBERED) {
        buckets.remove(buckets.keySet().iterator().next());
      }
    }
  }

  /** How an account stands now; empty when it may make any number of requests. */
  public Optional<Standing> standing(String accountId) {
    if (perMinute == 0) {
      return Optional.empty();
    }
    synchronized (buckets) {
      long nanos = left(accountId, clock.instant());
      return Optional.of(
          new Standing(
              perMinute, (int) (nanos / each()), Duration.ofNanos(WINDOW.toNanos() - nanos)));
    }
  }

  private long left(String accountId, Instant now) {
    Bucket bucket = buckets.get(accountId);
    if (bucket == null) {
      return WINDOW.toNanos();
    }
    Duration since = Duration.between(bucket.at(), now);
    // A clock may be set back.
    return since.compareTo(WINDOW) >= 0
        ? WINDOW.toNanos()
        : Math.min(WINDOW.toNanos(), bucket.nanos() + Math.max(0, since.toNanos()));
  }

  private long each() {
    return WINDOW.toNanos() / perMinute;
  }
}
