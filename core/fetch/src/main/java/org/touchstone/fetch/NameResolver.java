package org.touchstone.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. */
@FunctionalInterface
public interface NameResolver {
  /** The operating system's resolver. */
  NameResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * @throws UnknownHostException when the name has no address
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
