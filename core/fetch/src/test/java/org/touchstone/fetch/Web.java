package org.touchstone.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;

/**
 * A little internet on the loopback interface: made-up names, a web server, and a fetcher to which
 * 127.0.0.1 is a public address while all others are judged as they always are.
 */
final class Web implements AutoCloseable, NameResolver {
  static final String HOST = "media.test";
  static final InetAddress SERVER = address("127.0.0.1");
  static final AddressRules RULES =
      address -> address.equals(SERVER) || AddressGuard.publicOnly().permits(address);

  final HttpServer server;
  final List<String> lookups = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, List<InetAddress>> names = new ConcurrentHashMap<>();

  Web() {
    try {
      server = HttpServer.create(new InetSocketAddress(SERVER, 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.start();
    name(HOST, SERVER);
  }

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  void name(String host, InetAddress... addresses) {
    names.put(host, List.of(addresses));
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    lookups.add(host);
    List<InetAddress> addresses = names.get(host);
    if (addresses == null) {
      throw new UnknownHostException(host);
    }
    return addresses;
  }

  void serve(String path, HttpHandler handler) {
    server.createContext(path, handler);
  }

  void redirect(String path, String location) {
    serve(path, exchange -> redirect(exchange, 302, location));
  }

  static void redirect(HttpExchange exchange, int status, String location) throws IOException {
    exchange.getResponseHeaders().add("Location", location);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  static void answer(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://" + HOST + ":" + port() + path;
  }

  FetchPolicy policy() {
    return policy(port());
  }

  static FetchPolicy policy(Integer... ports) {
    return new FetchPolicy(
        Set.of(ports),
        false,
        5,
        100_000,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        0,
        Duration.ofSeconds(5));
  }

  /** The same with other times. */
  static FetchPolicy impatient(FetchPolicy policy, Duration idleTimeout, Duration deadline) {
    return new FetchPolicy(
        policy.ports(),
        policy.allowPrivate(),
        policy.maxRedirects(),
        Long.MAX_VALUE,
        idleTimeout,
        idleTimeout,
        deadline,
        policy.minBytesPerSecond(),
        policy.paceWindow());
  }

  Fetcher fetcher() {
    return fetcher(policy());
  }

  Fetcher fetcher(FetchPolicy policy) {
    return fetcher(policy, SSLContexts.createDefault());
  }

  Fetcher fetcher(FetchPolicy policy, SSLContext tls) {
    return new Fetcher(policy, RULES, this, tls);
  }

  byte[] get(String url) throws IOException {
    return get(policy(), url);
  }

  byte[] get(FetchPolicy policy, String url) throws IOException {
    try (Fetcher fetcher = fetcher(policy)) {
      return fetcher.get(WebLink.parse(url), response -> response.body().readAllBytes());
    }
  }

  Problem problem(String url) {
    return problem(policy(), url);
  }

  Problem problem(FetchPolicy policy, String url) {
    try (Fetcher fetcher = fetcher(policy)) {
      return problem(fetcher, url);
    }
  }

  /** The problem that a fetch ends in, whose message does not reveal hosts or addresses. */
  static Problem problem(Fetcher fetcher, String url) {
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                fetcher.get(WebLink.parse(url), response -> response.body().readAllBytes().length));
    assertThat(e).as("the problem of " + url).isNotNull();
    assertThat(e.getMessage())
        .doesNotContain("127.0.0.1", "169.254", "localhost", ".test", "java.", "org.")
        .doesNotContainPattern("[0-9]{4,}");
    return e.problem();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
