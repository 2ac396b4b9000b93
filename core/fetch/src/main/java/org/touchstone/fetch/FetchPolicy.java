package org.touchstone.fetch;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * The limits of a fetch.
 *
 * @param ports ports that may be visited
 * @param allowPrivate only for trials on one's own machine: also visits loopback and private
 *     addresses, host names of one label, IP addresses in place of names, and any port; never
 *     metadata services
 * @param maxRedirects maximum number of redirects to follow
 * @param maxBytes maximum size of a body in bytes, before and after decompression
 * @param connectTimeout longest wait for a name, a connection or a TLS handshake
 * @param idleTimeout longest wait for the next byte
 * @param deadline longest time for the whole fetch, redirects and body included
 * @param minBytesPerSecond minimum throughput of a body, measured over {@code paceWindow}; 0 for no
 *     minimum
 * @param paceWindow how long a body may stay below that throughput
 */
public record FetchPolicy(
    Set<Integer> ports,
    boolean allowPrivate,
    int maxRedirects,
    long maxBytes,
    Duration connectTimeout,
    Duration idleTimeout,
    Duration deadline,
    long minBytesPerSecond,
    Duration paceWindow) {

  public static final FetchPolicy DEFAULT =
      new FetchPolicy(
          Set.of(80, 443),
          false,
          5,
          1L << 30,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofMinutes(5),
          4096,
          Duration.ofSeconds(15));

  /**
   * The limits of requests to a service that an operator has described: no redirects, and no
   * minimum throughput, because it may think before it answers.
   *
   * @param allowPrivate see there
   * @param maxAnswer maximum size of an answer in bytes
   * @param deadline longest time for a request
   */
  public static FetchPolicy ofService(boolean allowPrivate, long maxAnswer, Duration deadline) {
    return new FetchPolicy(
        Set.of(443),
        allowPrivate,
        0,
        maxAnswer,
        DEFAULT.connectTimeout(),
        deadline,
        deadline,
        0,
        Duration.ofSeconds(30));
  }

  public FetchPolicy {
    ports = Set.copyOf(ports);
    if (maxRedirects < 0 || maxBytes < 1 || minBytesPerSecond < 0) {
      throw new IllegalArgumentException("a limit below its minimum");
    }
    requirePositive(connectTimeout, "connectTimeout");
    requirePositive(idleTimeout, "idleTimeout");
    requirePositive(deadline, "deadline");
    requirePositive(paceWindow, "paceWindow");
  }

  private static void requirePositive(Duration duration, String name) {
    if (!Objects.requireNonNull(duration, name).isPositive()) {
      throw new IllegalArgumentException(name + " is not positive");
    }
  }
}
