package org.touchstone.mentions.platform;

import java.net.URI;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * What an adapter is made of.
 *
 * @param address the server, for platforms of many servers and for trials; empty for the platform's
 *     own
 * @param allowPrivate whether the server may lie at a private or loopback address and be spoken to
 *     without TLS: for the simulator and for tests only
 * @param credentials the account's secret
 * @param clock the time
 */
public record PlatformAccess(
    Optional<URI> address, boolean allowPrivate, Credentials credentials, InstantSource clock) {
  public PlatformAccess {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(clock, "clock");
  }
}
