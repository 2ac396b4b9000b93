package org.touchstone.fetch;

import java.net.InetAddress;

/** Says which addresses may be connected to. */
@FunctionalInterface
public interface AddressRules {
  boolean permits(InetAddress address);
}
