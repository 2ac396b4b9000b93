package org.touchstone.resolver.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.fetch.AddressGuard;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.GuardedConnector;

/** The proxy in front of a web server and a raw one, with invented names. */
class EgressProxyTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Map<String, String> NAMES =
      Map.of(
          "media.test", "127.0.0.1",
          "inside.test", "10.1.2.3",
          "metadata.test", "169.254.169.254",
          "mixed.test", "192.168.0.1");

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private EgressProxy proxy;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.createContext(
        "/",
        exchange -> {
          StringBuilder request = new StringBuilder();
          request.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
          exchange
              .getRequestHeaders()
              .forEach((name, value) -> request.append('\n').append(name).append(value));
          seen.add(request.toString());
          byte[] body = "hello".repeat(1000).getBytes(ISO_8859_1);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    proxy = proxy(Duration.ofSeconds(5), Duration.ofSeconds(30), 1 << 20);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    server.stop(0);
    threads.shutdownNow();
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private EgressProxy proxy(Duration patience, Duration time, long maxBytes, int... morePorts)
      throws IOException {
    List<Integer> ports = new ArrayList<>(List.of(port()));
    for (int more : morePorts) {
      ports.add(more);
    }
    FetchPolicy policy =
        new FetchPolicy(
            Set.copyOf(ports), false, 5, 1 << 20, patience, patience, time, 0, patience);
    GuardedConnector connector =
        new GuardedConnector(
            policy,
            address -> address.equals(LOOPBACK) || AddressGuard.publicOnly().permits(address),
            host -> {
              if (!NAMES.containsKey(host)) {
                throw new UnknownHostException(host);
              }
              return List.of(InetAddress.getByName(NAMES.get(host)));
            });
    EgressProxy opened =
        EgressProxy.open(
            connector,
            new EgressProxy.Rules(
                maxBytes,
                time,
                link ->
                    link.host().equals("excluded.test")
                        ? Optional.of(Problem.of(ProblemType.PLATFORM_EXCLUDED))
                        : Optional.empty()));
    open.add(opened);
    open.add(connector);
    return opened;
  }

  private String authorization() {
    String user = proxy.address().replaceAll("http://(.*)@.*", "$1");
    return "Proxy-Authorization: Basic "
        + Base64.getEncoder().encodeToString(user.getBytes(ISO_8859_1))
        + "\r\n";
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(LOOPBACK, proxy.port());
    open.add(socket);
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** The complete answer; for a connection that is cut, everything received before. */
  private String ask(String request) throws IOException {
    Socket socket = connect();
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    StringBuilder answer = new StringBuilder();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        answer.append(new String(buffer, 0, count, ISO_8859_1));
      }
    } catch (SocketException cut) {
      return answer.toString();
    }
    return answer.toString();
  }

  private String get(String host, int port) throws IOException {
    return ask("GET http://" + host + ":" + port + "/a?b HTTP/1.1\r\n" + authorization() + "\r\n");
  }

  private String tunnel(String host, int port, String within) throws IOException {
    return ask(
        "CONNECT " + host + ":" + port + " HTTP/1.1\r\n" + authorization() + "\r\n" + within);
  }

  private ProblemType problem() {
    return proxy.problem().map(Problem::type).orElse(null);
  }

  @Test
  void passesARequestOnWithoutWhatIsForTheProxy() throws IOException {
    String answer =
        ask(
            "GET http://media.test:%d/a?b HTTP/1.1\r\nHost: other.test\r\nX-Other: 1\r\n%sTE: x\r\n\r\n"
                .formatted(port(), authorization()));

    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("hello");
    assertThat(seen).singleElement().asString().startsWith("GET /a?b").contains("X-other[1]");
    assertThat(seen.getFirst())
        .contains("media.test:" + port())
        .doesNotContain("other.test", "Proxy", "Te[");
    assertThat(problem()).isNull();
  }

  @Test
  void opensATunnel() throws IOException {
    String answer =
        tunnel(
            "media.test",
            port(),
            "GET /in HTTP/1.1\r\nHost: media.test\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200");
    assertThat(seen).singleElement().asString().startsWith("GET /in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inside.test",
        "metadata.test",
        "mixed.test",
        "127.0.0.1",
        "169.254.169.254",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "localhost"
      })
  void refusesWhatIsNotOnThePublicInternet(String host) throws IOException {
    assertThat(get(host, port())).startsWith("HTTP/1.1 403");
    assertThat(tunnel(host, port(), "")).startsWith("HTTP/1.1 403");
    assertThat(problem()).isEqualTo(ProblemType.LINK_BLOCKED);
    assertThat(seen).isEmpty();
  }

  @Test
  void refusesOtherPorts() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 5, LOOPBACK)) {
      assertThat(get("media.test", other.getLocalPort())).startsWith("HTTP/1.1 403");
      assertThat(tunnel("media.test", 22, "")).startsWith("HTTP/1.1 403");
    }
    assertThat(problem()).isEqualTo(ProblemType.LINK_BLOCKED);
  }

  @Test
  void refusesWhatIsExcludedForAnotherReason() throws IOException {
    assertThat(tunnel("excluded.test", port(), "")).startsWith("HTTP/1.1 403");
    assertThat(problem()).isEqualTo(ProblemType.PLATFORM_EXCLUDED);
  }

  @Test
  void saysThatNobodyIsThere() throws IOException {
    assertThat(get("nowhere.test", port())).startsWith("HTTP/1.1 502");
    assertThat(problem()).isEqualTo(ProblemType.FETCH_UNREACHABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Proxy-Authorization: Basic cnVuOndyb25n\r\n",
        "Proxy-Authorization: Basic\r\n",
        "Authorization: Basic cnVuOndyb25n\r\n"
      })
  void letsNobodyElseThrough(String header) throws IOException {
    assertThat(ask("GET http://media.test:%d/ HTTP/1.1\r\n%s\r\n".formatted(port(), header)))
        .startsWith("HTTP/1.1 407")
        .contains("Proxy-Authenticate: Basic");
    assertThat(ask("CONNECT media.test:%d HTTP/1.1\r\n%s\r\n".formatted(port(), header)))
        .startsWith("HTTP/1.1 407");
    assertThat(seen).isEmpty();
  }

  @Test
  void givesEachRunACredentialOfItsOwn() throws IOException {
    String others = authorization();
    proxy = proxy(Duration.ofSeconds(5), Duration.ofSeconds(30), 1 << 20);

    assertThat(ask("GET http://media.test:%d/ HTTP/1.1\r\n%s\r\n".formatted(port(), others)))
        .startsWith("HTTP/1.1 407");
  }

  @ParameterizedTest
  @CsvSource({
    "POST http://media.test/ HTTP/1.1, 405",
    "GET /relative HTTP/1.1, 400",
    "GET https://media.test/ HTTP/1.1, 400",
    "GET http://a:b@media.test/ HTTP/1.1, 400",
    "GET ftp://media.test/ HTTP/1.1, 400",
    "CONNECT http://media.test HTTP/1.1, 400",
    "CONNECT media.test/path:1 HTTP/2, 400",
    "nonsense, 400"
  })
  void refusesOtherRequests(String line, int status) throws IOException {
    assertThat(ask(line + "\r\n" + authorization() + "\r\n")).startsWith("HTTP/1.1 " + status);
    assertThat(seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: a\rTransfer-Encoding: chunked", "X: a\0b", "X: a\u000bb"})
  void refusesHeadersThatCarryOthersWithinThem(String header) throws IOException {
    String request = "GET http://media.test:%d/ HTTP/1.1\r\n%s%s\r\n\r\n";

    assertThat(ask(request.formatted(port(), authorization(), header))).startsWith("HTTP/1.1 400");
    assertThat(seen).isEmpty();
  }

  @Test
  void refusesHeadersWithoutEnd() throws IOException {
    assertThat(ask("GET http://media.test/ HTTP/1.1\r\nX: " + "x".repeat(17_000)))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void cutsOffWhoSendsNoRequest() throws IOException {
    proxy = proxy(Duration.ofMillis(200), Duration.ofSeconds(30), 1 << 20);

    assertThat(ask("GET http://med")).startsWith("HTTP/1.1 408");
  }

  @Test
  void cutsOffWhoSendsARequestByTheByte() throws IOException {
    proxy = proxy(Duration.ofMillis(300), Duration.ofSeconds(30), 1 << 20);
    Socket socket = connect();
    threads.submit(
        () -> {
          while (true) {
            socket.getOutputStream().write('a');
            Thread.sleep(20);
          }
        });

    assertThat(new String(socket.getInputStream().readNBytes(12), ISO_8859_1))
        .isEqualTo("HTTP/1.1 408");
  }

  @Test
  void cutsOffAServerThatSaysNothing() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      proxy = proxy(Duration.ofMillis(200), Duration.ofSeconds(30), 1 << 20, silent.getLocalPort());

      assertThat(get("media.test", silent.getLocalPort())).isEmpty();
    }
    assertThat(problem()).isEqualTo(ProblemType.FETCH_TIMEOUT);
  }

  @Test
  void endsWhenItsTimeIsOver() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, LOOPBACK)) {
      proxy = proxy(Duration.ofSeconds(20), Duration.ofMillis(300), 1 << 20, silent.getLocalPort());

      assertThat(tunnel("media.test", silent.getLocalPort(), "x")).startsWith("HTTP/1.1 200");
    }
    assertThat(problem()).isEqualTo(ProblemType.FETCH_TIMEOUT);
  }

  @Test
  void carriesSoManyBytesAndNoMore() throws IOException {
    proxy = proxy(Duration.ofSeconds(5), Duration.ofSeconds(30), 12_000);

    assertThat(get("media.test", port())).endsWith("hello");
    assertThat(get("media.test", port())).endsWith("hello");
    assertThat(get("media.test", port()).length()).isLessThan(5000);
    assertThat(problem()).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
  }

  @Test
  void countsWhatIsSentToo() throws IOException {
    proxy = proxy(Duration.ofSeconds(5), Duration.ofSeconds(30), 12_000);

    tunnel("media.test", port(), "GET /" + "a".repeat(13_000));

    assertThat(problem()).isEqualTo(ProblemType.MEDIA_TOO_LARGE);
    assertThat(seen).isEmpty();
  }

  @Test
  void hasOnlySoManyConnections() throws IOException {
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      Socket socket = connect();
      // An answer shows that the connection is being served.
      socket
          .getOutputStream()
          .write(
              "CONNECT media.test:%d HTTP/1.1\r\n%s\r\n"
                  .formatted(port(), authorization())
                  .getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      idle.add(socket);
    }

    assertThat(get("media.test", port())).isEmpty();
    assertThat(seen).isEmpty();
  }

  @RepeatedTest(20)
  void isGoneWhenClosed() throws IOException {
    Socket socket = connect();
    socket
        .getOutputStream()
        .write(
            "CONNECT media.test:%d HTTP/1.1\r\n%s\r\n"
                .formatted(port(), authorization())
                .getBytes(ISO_8859_1));
    assertThat(socket.getInputStream().read()).isEqualTo('H');

    proxy.close();

    assertThat(isCut(socket)).isTrue();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
  }

  private static boolean isCut(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
      return true;
    } catch (SocketException cut) {
      return true;
    } catch (IOException stillOpen) {
      return false;
    }
  }
}
