package org.touchstone.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Permits only addresses of the public internet. The special ranges come from IANA's
 * special-purpose address registries. An IPv6 address that maps to an IPv4 address is judged by
 * that IPv4 address. Tunnels that can hide an IPv4 address are rejected completely.
 */
public final class AddressGuard implements AddressRules {
  private static final List<IpRange> SPECIAL_4 =
      IpRange.of(
          "0.0.0.0/8", // this network, the unspecified address
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT, Alibaba's metadata service
          "127.0.0.0/8", // loopback
          "168.63.129.16/32", // Azure's platform service
          "169.254.0.0/16", // link-local, metadata services of most clouds
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments, Oracle's metadata service
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarks
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, broadcast

  /** Global unicast; everything else in IPv6 is special. */
  private static final IpRange GLOBAL_6 = IpRange.of("2000::/3");

  private static final List<IpRange> SPECIAL_6 =
      IpRange.of(
          "2001::/23", // protocol assignments: Teredo, ORCHID, benchmarks
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3fff::/20"); // documentation

  /** NAT64: the way to public IPv4 addresses from networks that have only IPv6. */
  private static final IpRange NAT64 = IpRange.of("64:ff9b::/96");

  private static final List<IpRange> PRIVATE =
      IpRange.of(
          "10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7");

  /** AWS's metadata, DNS, time and credential services over IPv6 lie in its unique local range. */
  private static final IpRange AWS_SERVICES_6 = IpRange.of("fd00:ec2::/32");

  private static final int IPV4_BYTES = 4;

  private final boolean allowPrivate;

  private AddressGuard(boolean allowPrivate) {
    this.allowPrivate = allowPrivate;
  }

  /** Permits public addresses. */
  public static AddressGuard publicOnly() {
    return new AddressGuard(false);
  }

  /** Also permits loopback and private addresses; only for trials on one's own machine. */
  public static AddressGuard withPrivate() {
    return new AddressGuard(true);
  }

  @Override
  public boolean permits(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (allowPrivate && contains(PRIVATE, bytes) && !AWS_SERVICES_6.contains(bytes)) {
      return true;
    }
    if (address instanceof Inet4Address) {
      return isPublic4(bytes);
    }
    if (NAT64.contains(bytes)) {
      return isPublic4(Arrays.copyOfRange(bytes, bytes.length - IPV4_BYTES, bytes.length));
    }
    return GLOBAL_6.contains(bytes) && !contains(SPECIAL_6, bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    return !contains(SPECIAL_4, bytes);
  }

  private static boolean contains(List<IpRange> ranges, byte[] address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
