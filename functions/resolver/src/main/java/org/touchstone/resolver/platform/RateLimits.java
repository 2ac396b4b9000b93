package org.touchstone.resolver.platform;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Enforces the platforms' request limits: a token bucket for each host, and no request to a host
 * while it has said it accepts none. Callers do not wait: the problem gives the waiting time.
 * Thread-safe.
 */
public final class RateLimits {
  private static final int MAX_HOSTS = 1000;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final double NANOS_PER_SECOND = 1e9;

  private final int perMinute;
  private final Map<String, Integer> perMinuteByHost;
  private final InstantSource clock;
  private final Map<String, Host> hosts = new RecentMap<>(MAX_HOSTS);

  private static final class Host {
    private double tokens;
    private Instant filledAt;
    private Instant closedUntil = Instant.MIN;
  }

  /**
   * @param perMinute requests to a host per minute, also the largest burst
   * @param perMinuteByHost the same for hosts with their own limit
   */
  public RateLimits(int perMinute, Map<String, Integer> perMinuteByHost, InstantSource clock) {
    if (perMinute < 1 || perMinuteByHost.values().stream().anyMatch(limit -> limit < 1)) {
      throw new IllegalArgumentException("a limit below its minimum");
    }
    this.perMinute = perMinute;
    this.perMinuteByHost = Map.copyOf(perMinuteByHost);
    this.clock = clock;
  }

  /**
   * Takes permission to send one request.
   *
   * @throws ProblemException {@link ProblemType#PLATFORM_RATE_LIMITED} with the seconds until
   *     requests are permitted again
   */
  public synchronized void acquire(String host) {
    Instant now = clock.instant();
    int limit = perMinuteByHost.getOrDefault(host, perMinute);
    Host state = hosts.computeIfAbsent(host, name -> full(limit, now));
    if (now.isBefore(state.closedUntil)) {
      throw limited(Duration.between(now, state.closedUntil).toNanos() / NANOS_PER_SECOND);
    }
    double perSecond = limit / SECONDS_PER_MINUTE;
    double elapsed =
        Math.max(0, Duration.between(state.filledAt, now).toNanos() / NANOS_PER_SECOND);
    state.tokens = Math.min(limit, state.tokens + elapsed * perSecond);
    state.filledAt = now;
    if (state.tokens < 1) {
      throw limited((1 - state.tokens) / perSecond);
    }
    state.tokens--;
  }

  private static Host full(int limit, Instant now) {
    Host host = new Host();
    host.tokens = limit;
    host.filledAt = now;
    return host;
  }

  private static ProblemException limited(double seconds) {
    return new ProblemException(
        new Problem(ProblemType.PLATFORM_RATE_LIMITED, null, (int) Math.ceil(seconds)));
  }

  /** Applies the limits a host announces in its answer. */
  public synchronized void observe(Reply reply) {
    Host state = hosts.get(reply.link().host());
    Integer seconds = reply.closedForSeconds();
    if (state != null && seconds != null) {
      state.closedUntil = clock.instant().plusSeconds(seconds);
    }
  }
}
