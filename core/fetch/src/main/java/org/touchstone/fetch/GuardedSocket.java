package org.touchstone.fetch;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * The last check: this socket connects only to permitted addresses, even if the name resolver was
 * bypassed. It does not use a proxy.
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
        || !rules.permits(target)) {
      throw new ProblemException(ProblemType.LINK_BLOCKED);
    }
    super.connect(endpoint, timeout);
  }
}
