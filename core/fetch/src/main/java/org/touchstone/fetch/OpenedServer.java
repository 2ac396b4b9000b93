package org.touchstone.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/**
 * Permits one port of 127.0.0.1 besides what a guard permits. The port is checked when the
 * connection is made, so a name that leads to this machine reaches no other server on it.
 *
 * @param guard judges all other addresses
 * @param port the opened server's port
 */
record OpenedServer(AddressGuard guard, int port) implements AddressRules {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  @Override
  public boolean permits(InetAddress address) {
    return guard.permits(address) || isLoopback(address);
  }

  @Override
  public boolean permits(InetSocketAddress endpoint) {
    return guard.permits(endpoint.getAddress())
        || (isLoopback(endpoint.getAddress()) && endpoint.getPort() == port);
  }

  private static boolean isLoopback(InetAddress address) {
    return address instanceof Inet4Address && Arrays.equals(address.getAddress(), LOOPBACK);
  }
}
