package org.touchstone.fetch;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Decides which addresses the fetcher may connect to. */
@FunctionalInterface
public interface AddressRules {
  boolean permits(InetAddress address);

  /** Whether a connection to this address and port is permitted; asked last. */
  default boolean permits(InetSocketAddress endpoint) {
    return permits(endpoint.getAddress());
  }
}
