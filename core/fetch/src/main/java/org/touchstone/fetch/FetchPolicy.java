package org.touchstone.fetch;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.touchstone.domain.link.WebLink;

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
 * @param opened a server of one's own on loopback that may be visited too, besides what the rules
 *     above permit; absent for none. See {@link #opening}
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
    Duration paceWindow,
    WebLink opened) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int FIRST_FREE_PORT = 1024;

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

  /** A policy that opens no server of one's own. */
  public FetchPolicy(
      Set<Integer> ports,
      boolean allowPrivate,
      int maxRedirects,
      long maxBytes,
      Duration connectTimeout,
      Duration idleTimeout,
      Duration deadline,
      long minBytesPerSecond,
      Duration paceWindow) {
    this(
        ports,
        allowPrivate,
        maxRedirects,
        maxBytes,
        connectTimeout,
        idleTimeout,
        deadline,
        minBytesPerSecond,
        paceWindow,
        null);
  }

  /**
   * The same limits with one server on loopback opened: its address and port only, so that all
   * others on this machine stay closed.
   *
   * @param server {@code http://127.0.0.1:PORT}, with a port from 1024
   */
  public FetchPolicy opening(WebLink server) {
    return new FetchPolicy(
        ports,
        allowPrivate,
        maxRedirects,
        maxBytes,
        connectTimeout,
        idleTimeout,
        deadline,
        minBytesPerSecond,
        paceWindow,
        server);
  }

  /** Whether a link leads to the opened server. */
  boolean isOpened(WebLink link) {
    return opened != null
        && link.scheme().equals(opened.scheme())
        && link.host().equals(opened.host())
        && link.port() == opened.port();
  }

  /** The rules on addresses that follow from this policy. */
  AddressRules addressRules() {
    AddressGuard guard = allowPrivate ? AddressGuard.withPrivate() : AddressGuard.publicOnly();
    return opened == null ? guard : new OpenedServer(guard, opened.port());
  }

  public FetchPolicy {
    if (opened != null
        && !(opened.scheme().equals("http")
            && opened.host().equals(LOOPBACK)
            && opened.port() >= FIRST_FREE_PORT)) {
      throw new IllegalArgumentException("only http://127.0.0.1 with a port from 1024 is opened");
    }
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
