package org.touchstone.fetch;

import java.net.InetAddress;

/** Decides which addresses the fetcher may connect to. */
@FunctionalInterface
public interface AddressRules {
  boolean permits(InetAddress address);
}
