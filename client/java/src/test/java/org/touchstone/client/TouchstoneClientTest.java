package org.touchstone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.client.LoopbackApi.Reply;
import org.touchstone.client.LoopbackApi.Request;
import org.touchstone.client.model.Level;
import org.touchstone.client.model.NewAnalysis;
import org.touchstone.client.model.ShownKey;
import org.touchstone.client.model.Upload;

class TouchstoneClientTest {
  private static final NewAnalysis LINK = NewAnalysis.ofUrl("https://a.example/b.jpg");
  private static final Reply ACCEPTED = Reply.json(202, "{\"id\":\"a\",\"status\":\"queued\"}");

  private LoopbackApi server;
  private TouchstoneClient client;

  @BeforeEach
  void start() throws IOException {
    server = new LoopbackApi();
    client = server.client();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static <T extends TouchstoneException> T failure(
      Class<T> type, CompletableFuture<?> call) {
    CompletionException thrown = catchThrowableOfType(CompletionException.class, call::join);
    assertThat(thrown.getCause()).isInstanceOf(type);
    return type.cast(thrown.getCause());
  }

  @Test
  void aRepeatedRequestForAnAnalysisHasTheSameIdempotencyKey() {
    server.answer(new Reply(0, Map.of(), new byte[0]), Reply.json(503, "{}"), ACCEPTED);

    assertThat(client.analyses().create(LINK).join().id()).isEqualTo("a");

    assertThat(server.requests()).hasSize(3);
    assertThat(
            server.requests().stream().map(request -> request.header("Idempotency-Key")).distinct())
        .singleElement()
        .asString()
        .hasSizeGreaterThan(20);
    assertThat(server.requests().getLast().text())
        .isEqualTo("{\"url\":\"https://a.example/b.jpg\"}");
  }

  @Test
  void twoRequestsHaveTwoIdempotencyKeys() {
    server.answer(ACCEPTED);
    client.analyses().create(LINK).join();
    client.analyses().create(LINK).join();
    assertThat(
            server.requests().stream().map(request -> request.header("Idempotency-Key")).distinct())
        .hasSize(2);
  }

  @Test
  void waitsWhileTheSameRequestIsInFlight() {
    server.answer(Reply.problem(409, "request.in-flight").with("Retry-After", "0"), ACCEPTED);
    assertThat(client.analyses().create(LINK, "mine").join().id()).isEqualTo("a");
  }

  @Test
  void aKeyIsNotMadeTwiceForOneThatGotLost() {
    server.answer(new Reply(0, Map.of(), new byte[0]), Reply.json(201, "{}"));
    failure(ConnectionException.class, client.accounts().create("Name"));
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aRefusedRateIsTriedAgainWhateverTheRequest() {
    server.answer(
        Reply.problem(429, "rate.exceeded").with("Retry-After", "0"), Reply.json(201, "{}"));
    client.accounts().create("Name").join();
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void waitsAsLongAsTheServerAsks() {
    server.answer(Reply.problem(429, "rate.exceeded").with("Retry-After", "1"), ACCEPTED);
    long start = System.nanoTime();
    client.analyses().create(LINK).join();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void failsInsteadOfWaitingForTheNextMonth() {
    server.answer(Reply.problem(429, "cap.reached").with("Retry-After", "86400"));
    ApiException e = failure(ApiException.class, client.analyses().create(LINK));
    assertThat(e.status()).isEqualTo(429);
    assertThat(e.code()).isEqualTo("cap.reached");
    assertThat(e.type()).isEqualTo("urn:touchstone:problem:cap.reached");
    assertThat(e.retryAfter()).contains(Duration.ofDays(1));
    assertThat(e).hasMessage("HTTP 429 cap.reached: D");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    assertThat(Transport.parseRetryAfter("7")).contains(Duration.ofSeconds(7));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(60).atOffset(ZoneOffset.UTC));
    assertThat(Transport.parseRetryAfter(date).orElseThrow())
        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    assertThat(Transport.parseRetryAfter("Mon, 01 Jan 2001 00:00:00 GMT")).contains(Duration.ZERO);
    assertThat(Transport.parseRetryAfter("soon")).isEmpty();
    assertThat(Transport.parseRetryAfter("99999999999999999999")).isEmpty();
  }

  @Test
  void anErrorOfAProxyHasItsStatusOnly() {
    server.answer(new Reply(500, Map.of("Content-Type", "text/html"), "<h1>Oops</h1>".getBytes()));
    ApiException e = failure(ApiException.class, client.analyses().get("a"));
    assertThat(e.status()).isEqualTo(500);
    assertThat(e.type()).isEqualTo("about:blank");
    assertThat(e.code()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "<html>", "{\"id\":{}}", "{\"media\":[null]}"})
  void anAnswerThatIsNotTheContractsIsAnError(String body) {
    server.answer(Reply.json(200, body));
    failure(ConnectionException.class, client.analyses().get("a"));
  }

  @Test
  void anEndlessAnswerIsAnError() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> pour(socket));
      try (TouchstoneClient endless =
          TouchstoneClient.at(URI.create("http://127.0.0.1:" + socket.getLocalPort()))
              .retries(RetryPolicy.NONE)
              .build()) {
        ConnectionException e = failure(ConnectionException.class, endless.analyses().get("a"));
        assertThat(e).hasMessageContaining("longer than");
      }
    }
  }

  private static void pour(ServerSocket server) {
    try (var connection = server.accept()) {
      var out = connection.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes());
      byte[] spaces = " ".repeat(1 << 16).getBytes();
      while (true) {
        out.write(spaces);
      }
    } catch (IOException e) {
      // The client has left.
    }
  }

  @Test
  void newFieldsAndValuesAreIgnored() {
    server.answer(
        Reply.json(
            200,
            "{\"id\":\"a\",\"later\":1,\"verdict\":{\"level\":\"new-level\"},\"status\":\"x\"}"));
    assertThat(client.analyses().get("a").join().verdict().level()).isEqualTo(Level.UNRECOGNISED);
  }

  @Test
  void aRedirectIsNotFollowedWithTheKey() throws IOException {
    try (LoopbackApi other = new LoopbackApi().answer(Reply.json(200, "{}"))) {
      server.answer(new Reply(302, Map.of("Location", other.address().toString()), new byte[0]));
      assertThat(failure(ApiException.class, client.analyses().get("a")).status()).isEqualTo(302);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void anIdIsOnePartOfThePath() {
    server.answer(Reply.json(200, "{}"));
    client.analyses().get("../keys?x=ü").join();
    assertThat(server.requests().getFirst().uri().toString())
        .isEqualTo("/v1/analyses/..%2Fkeys%3Fx%3D%C3%BC");
    assertThatThrownBy(() -> client.analyses().get(".."))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theKeyIsNeverShown() {
    String bad = "tsk_secret\nx: y";
    assertThatThrownBy(() -> TouchstoneClient.at(server.address()).key(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("tsk_secret");
    assertThat(client.toString()).doesNotContain(LoopbackApi.KEY);
    server.answer(Reply.problem(401, "request.unauthorized"));
    assertThat(failure(ApiException.class, client.analyses().get("a")).toString())
        .doesNotContain(LoopbackApi.KEY);
    ShownKey shown =
        new ShownKey("id", "account", "name", null, null, null, null, "tsk_very-secret");
    assertThat(shown.toString()).contains("id").doesNotContain("tsk_very-secret");
    Upload upload =
        new Upload("u", URI.create("https://s3.example/?X-Amz-Signature=1"), null, null);
    assertThat(upload.toString()).contains("u").doesNotContain("Signature");
  }

  @Test
  void aKeyIsNotSentInTheClearToAnotherMachine() {
    TouchstoneClient.Builder builder =
        TouchstoneClient.at(URI.create("http://api.example.org")).key(LoopbackApi.KEY);
    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    builder.allowPlainHttp().build().close();
    TouchstoneClient.at(URI.create("http://[::1]:1/")).key(LoopbackApi.KEY).build().close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a.example",
        "https://user:secret@a.example",
        "https://a.example?x=1",
        "/v1",
        "mailto:a"
      })
  void anAddressThatIsNotAnApisIsRefused(String address) {
    assertThatThrownBy(() -> TouchstoneClient.at(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void theBaseUrlMayHaveAPath() {
    server.answer(Reply.json(200, "{}"));
    try (TouchstoneClient staged =
        TouchstoneClient.at(URI.create(server.address() + "/prod/")).build()) {
      staged.analyses().get("a").join();
    }
    Request request = server.requests().getFirst();
    assertThat(request.uri().getPath()).isEqualTo("/prod/v1/analyses/a");
    assertThat(request.header("x-api-key")).isNull();
  }
}
