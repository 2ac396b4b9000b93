package org.touchstone.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

class OpenedServerTest {
  private HttpServer opened;
  private HttpServer other;

  @BeforeEach
  void start() throws Exception {
    opened = server();
    other = server();
  }

  @AfterEach
  void stop() {
    opened.stop(0);
    other.stop(0);
  }

  @Test
  void openedServerIsReachedAndNoOtherOnThisMachine() throws Exception {
    FetchPolicy policy = FetchPolicy.DEFAULT.opening(at(opened, ""));
    try (Fetcher fetcher = new Fetcher(policy)) {
      byte[] content = fetcher.get(at(opened, "/a"), r -> r.body().readAllBytes());
      assertThat(content).isEqualTo(body());
      assertThatThrownBy(() -> fetcher.get(at(other, "/a"), r -> 0))
          .isInstanceOfSatisfying(ProblemException.class, OpenedServerTest::isBlocked);
      assertThatThrownBy(
              () -> fetcher.get(WebLink.parse("http://127.0.0.2:" + port(opened)), r -> 0))
          .isInstanceOfSatisfying(ProblemException.class, OpenedServerTest::isBlocked);
    }
  }

  @Test
  void openedServerCannotRedirectToAnotherOne() throws Exception {
    opened.createContext(
        "/away", exchange -> Web.redirect(exchange, 302, at(other, "/a").toString()));
    try (Fetcher fetcher = new Fetcher(FetchPolicy.DEFAULT.opening(at(opened, "")))) {
      assertThatThrownBy(() -> fetcher.get(at(opened, "/away"), r -> 0))
          .isInstanceOfSatisfying(ProblemException.class, OpenedServerTest::isBlocked);
    }
  }

  @Test
  void nameThatLeadsToThisMachineReachesNoOtherServer() {
    // Its port is one of those that any link may have, so only the connection's check is left.
    FetchPolicy policy = Web.policy(port(other)).opening(at(opened, ""));
    AddressRules rules = policy.addressRules();

    assertThat(rules.permits(new InetSocketAddress("127.0.0.1", port(opened)))).isTrue();
    assertThat(rules.permits(new InetSocketAddress("127.0.0.1", port(other)))).isFalse();
    assertThat(rules.permits(new InetSocketAddress("10.0.0.1", port(opened)))).isFalse();
  }

  @Test
  void onlyAPortOfLoopbackCanBeOpened() {
    assertThatThrownBy(() -> FetchPolicy.DEFAULT.opening(WebLink.parse("http://10.0.0.1:8080")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FetchPolicy.DEFAULT.opening(WebLink.parse("http://127.0.0.1:80")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void isBlocked(ProblemException e) {
    assertThat(e.problem().type()).isEqualTo(ProblemType.LINK_BLOCKED);
  }

  private static HttpServer server() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/a", exchange -> Web.answer(exchange, body()));
    server.start();
    return server;
  }

  private static byte[] body() {
    return "opened".getBytes(StandardCharsets.UTF_8);
  }

  private static int port(HttpServer server) {
    return server.getAddress().getPort();
  }

  private static WebLink at(HttpServer server, String path) {
    return WebLink.parse("http://127.0.0.1:" + port(server) + path);
  }
}
