package org.touchstone.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The last check: whatever led here, past the resolver of names or not, this socket connects only
 * to addresses that may be visited, and to no proxy.
 */
final class GuardedSocket extends Socket {
  private final AddressRules rules;

  GuardedSocket(AddressRules rules) {
    super(Proxy.NO_PROXY);
    this.rules = rules;
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (!(endpoint instanceof InetSocketAddress target)
        || target.isUnresolved()
        || !rules.permits(target.getAddress())) {
      throw new ProblemException(ProblemType.LINK_BLOCKED);
    }
    super.connect(endpoint, timeout);
  }
}
