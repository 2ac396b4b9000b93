package org.touchstone.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/**
 * Opens plain connections under the {@link Fetcher}'s rules, for programs with their own protocols:
 * the name is resolved once, its addresses are checked, and the connection goes to one of them.
 * Thread-safe.
 */
public final class GuardedConnector implements AutoCloseable {
  private final FetchPolicy policy;
  private final AddressRules rules;
  private final GuardedDnsResolver names;
  private final ExecutorService lookups;
  private final WebLink standIn;

  public GuardedConnector(FetchPolicy policy) {
    this(policy, policy.addressRules(), NameResolver.SYSTEM, null);
  }

  /**
   * A connector for trials on one's own machine: every unencrypted connection goes to one server.
   *
   * @param standIn that server, on this machine or a private network
   */
  public GuardedConnector(FetchPolicy policy, WebLink standIn) {
    this(policy, AddressGuard.withPrivate(), NameResolver.SYSTEM, standIn);
  }

  /**
   * @param rules which addresses may be connected to
   * @param names finds the addresses of names
   */
  public GuardedConnector(FetchPolicy policy, AddressRules rules, NameResolver names) {
    this(policy, rules, names, null);
  }

  private GuardedConnector(
      FetchPolicy policy, AddressRules rules, NameResolver names, WebLink standIn) {
    this.policy = policy;
    this.rules = rules;
    this.standIn = standIn;
    this.lookups =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("connect-lookup-", 0).factory());
    this.names = new GuardedDnsResolver(names, rules, policy.connectTimeout(), lookups);
  }

  /** The limits of connections. */
  public FetchPolicy policy() {
    return policy;
  }

  /**
   * Connects to a link's host and port.
   *
   * @return the connection; it waits for a byte at most as long as the policy allows
   * @throws ProblemException {@link ProblemType#LINK_BLOCKED} when the policy or the address
   *     forbids it; of type {@code fetch.*} when the connection fails
   */
  public Socket connect(WebLink link) {
    LinkRules.check(link, policy);
    if (standIn != null && link.scheme().equals("https")) {
      // The stand-in does not support TLS, which only the program itself could start.
      throw new ProblemException(ProblemType.FETCH_TLS);
    }
    WebLink target = standIn == null ? link : standIn;
    try {
      return connect(names.resolve(target.host()), target.port());
    } catch (IOException e) {
      throw FetchProblems.of(FetchProblems.ofConnection(e), e);
    }
  }

  private Socket connect(InetAddress[] addresses, int port) throws IOException {
    IOException failure = new ConnectException("no address");
    for (InetAddress address : addresses) {
      Socket socket = new GuardedSocket(rules);
      try {
        socket.connect(
            new InetSocketAddress(address, port),
            Math.max(1, (int) policy.connectTimeout().toMillis() / addresses.length));
        socket.setSoTimeout((int) policy.idleTimeout().toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      } catch (RuntimeException e) {
        socket.close();
        throw e;
      }
    }
    throw failure;
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
