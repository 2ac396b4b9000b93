package org.touchstone.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

class ExchangeTest {
  private final Web web = new Web();
  private final Fetcher fetcher = web.fetcher();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    fetcher.close();
    web.close();
  }

  private void echo(HttpExchange exchange) throws IOException {
    seen.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestHeaders().getFirst("Host")
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + exchange.getRequestHeaders().getFirst("Content-Type")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    exchange.getResponseHeaders().add("X-Many", "one");
    exchange.getResponseHeaders().add("X-Many", "two");
    exchange.sendResponseHeaders(418, 3);
    exchange.getResponseBody().write("tea".getBytes(UTF_8));
    exchange.close();
  }

  private static String read(FetchReply reply) throws IOException {
    return reply.status()
        + " "
        + reply.headers().get("x-many")
        + " "
        + new String(reply.body().readAllBytes(), UTF_8);
  }

  @Test
  void givesEveryStatusWithHeadersAndBody() throws IOException {
    web.serve("/a", this::echo);
    FetchRequest request =
        FetchRequest.get(WebLink.parse(web.url("/a"))).with("Authorization", "Bearer x");

    assertThat(fetcher.exchange(request, ExchangeTest::read)).isEqualTo("418 [one, two] tea");
    assertThat(seen.getFirst()).startsWith("GET media.test:" + web.port() + " Bearer x null");
  }

  @Test
  void putsAndDeletes() throws IOException {
    web.serve("/a", this::echo);
    WebLink link = WebLink.parse(web.url("/a"));
    byte[] bytes = "bytes".getBytes(UTF_8);

    fetcher.exchange(
        new FetchRequest(
            "PUT",
            link,
            Map.of(),
            new FetchBody("image/png", bytes.length, () -> new ByteArrayInputStream(bytes))),
        ExchangeTest::read);
    fetcher.exchange(new FetchRequest("DELETE", link, Map.of(), null), ExchangeTest::read);

    assertThat(seen.get(0)).startsWith("PUT").endsWith("image/png bytes");
    assertThat(seen.get(1)).startsWith("DELETE");
  }

  @Test
  void bodyGoesWithItsMethodsOnly() {
    WebLink link = WebLink.parse(web.url("/a"));
    FetchBody body = FetchBody.ofText("text/plain", "a");

    assertThatThrownBy(() -> new FetchRequest("GET", link, Map.of(), body))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FetchRequest("PUT", link, Map.of(), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FetchRequest("TRACE", link, Map.of(), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void requestHasATimeOfItsOwn() {
    CountDownLatch over = new CountDownLatch(1);
    web.serve(
        "/slow",
        exchange -> {
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    try {
      assertThatThrownBy(
              () ->
                  fetcher.exchange(
                      FetchRequest.get(WebLink.parse(web.url("/slow"))),
                      Duration.ofMillis(200),
                      ExchangeTest::read))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.FETCH_TIMEOUT));
    } finally {
      over.countDown();
    }
  }

  @Test
  void postsFormsAndJson() throws IOException {
    web.serve("/a", this::echo);
    WebLink link = WebLink.parse(web.url("/a"));

    fetcher.exchange(FetchRequest.postForm(link, Map.of("a b", "c&d")), ExchangeTest::read);
    fetcher.exchange(FetchRequest.postJson(link, "{\"a\":1}"), ExchangeTest::read);

    assertThat(seen.get(0))
        .startsWith("POST")
        .contains("application/x-www-form-urlencoded")
        .endsWith("a+b=c%26d");
    assertThat(seen.get(1)).contains("application/json").endsWith("{\"a\":1}");
  }

  @Test
  void tellsWhereARedirectLeadsWithoutGoingThere() throws IOException {
    web.redirect("/a", "/b?x=1");

    WebLink location =
        fetcher.exchange(FetchRequest.get(WebLink.parse(web.url("/a"))), FetchReply::location);

    assertThat(location).isEqualTo(WebLink.parse(web.url("/b?x=1")));
  }

  @Test
  void asksNoPrivateAddress() {
    assertThatThrownBy(
            () ->
                fetcher.exchange(
                    FetchRequest.get(WebLink.parse("http://127.0.0.1:" + web.port() + "/")),
                    FetchReply::status))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.LINK_BLOCKED));
  }

  @Test
  void keepsHeadersFromOtherServersThatARedirectLeadsTo() throws IOException {
    web.name("other.test", Web.SERVER);
    web.serve(
        "/same",
        exchange -> {
          seen.add(exchange.getRequestHeaders().getFirst("Cookie"));
          Web.redirect(exchange, 302, "http://other.test:" + web.port() + "/other");
        });
    web.serve(
        "/other",
        exchange -> {
          seen.add(exchange.getRequestHeaders().getFirst("Cookie"));
          Web.answer(exchange, new byte[] {1});
        });
    web.redirect("/first", "/same");

    fetcher.get(
        WebLink.parse(web.url("/first")),
        FetchOptions.of(Map.of("Cookie", "secret=1")),
        response -> response.body().readAllBytes());

    assertThat(seen).containsExactly("secret=1", null);
  }

  @Test
  void tellsNothingOfHeadersAndBodies() {
    FetchRequest request =
        FetchRequest.postJson(WebLink.parse("https://a.example/b?key=secret"), "secret")
            .with("Authorization", "secret");

    assertThat(request.toString()).isEqualTo("POST a.example/b");
  }
}
