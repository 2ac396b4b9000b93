package org.touchstone.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Resolves a name once for each connection, within a time limit, and returns its addresses only
 * when all of them are permitted: a name with both a private and a public address is an attack.
 */
final class GuardedDnsResolver implements DnsResolver {
  private static final int MAX_ADDRESSES = 4;

  private final NameResolver names;
  private final AddressRules rules;
  private final Duration timeout;
  private final ExecutorService lookups;

  GuardedDnsResolver(
      NameResolver names, AddressRules rules, Duration timeout, ExecutorService lookups) {
    this.names = names;
    this.rules = rules;
    this.timeout = timeout;
    this.lookups = lookups;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    List<InetAddress> addresses = lookUp(host);
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host);
    }
    for (InetAddress address : addresses) {
      if (!rules.permits(address)) {
        throw new ProblemException(ProblemType.LINK_BLOCKED);
      }
    }
    return addresses.stream().limit(MAX_ADDRESSES).toArray(InetAddress[]::new);
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    Future<List<InetAddress>> lookup = lookups.submit(() -> names.resolve(host));
    try {
      return lookup.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      lookup.cancel(true);
      throw new ProblemException(ProblemType.FETCH_TIMEOUT);
    } catch (InterruptedException e) {
      lookup.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownHostException unknown) {
        throw unknown;
      }
      throw new IllegalStateException("the name resolver failed", e.getCause());
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
