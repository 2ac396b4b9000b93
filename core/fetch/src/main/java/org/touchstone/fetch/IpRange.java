package org.touchstone.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** A range of IP addresses in CIDR notation. */
record IpRange(byte[] network, int prefixBits) {

  /** Parses a range such as {@code 10.0.0.0/8} or {@code fc00::/7}. */
  static IpRange of(String cidr) {
    int slash = cidr.indexOf('/');
    try {
      return new IpRange(
          InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
          Integer.parseInt(cidr.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not a range: " + cidr, e);
    }
  }

  static List<IpRange> of(String... cidrs) {
    return Arrays.stream(cidrs).map(IpRange::of).toList();
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefixBits / Byte.SIZE;
    int rest = prefixBits % Byte.SIZE;
    if (!Arrays.equals(network, 0, whole, address, 0, whole)) {
      return false;
    }
    int mask = 0xFF << (Byte.SIZE - rest);
    return rest == 0 || ((network[whole] ^ address[whole]) & mask & 0xFF) == 0;
  }
}
