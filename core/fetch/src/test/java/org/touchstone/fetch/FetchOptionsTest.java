package org.touchstone.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

class FetchOptionsTest {
  private static final byte[] BODY = "0123456789".getBytes(US_ASCII);
  private static final FetchOptions THREE_TO_SIX = FetchOptions.NONE.withRange(new ByteRange(3, 4));

  private final Web web = new Web();
  private final Fetcher fetcher = web.fetcher();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    fetcher.close();
    web.close();
  }

  private void answerWithPart(HttpExchange exchange, String contentRange, String part)
      throws IOException {
    seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    exchange.getResponseHeaders().add("Content-Range", contentRange);
    exchange.sendResponseHeaders(206, part.length());
    exchange.getResponseBody().write(part.getBytes(US_ASCII));
    exchange.close();
  }

  private String get(String path, FetchOptions options) throws IOException {
    return fetcher.get(
        WebLink.parse(web.url(path)),
        options,
        response -> new String(response.body().readAllBytes(), US_ASCII));
  }

  private ProblemType problem(String path, FetchOptions options) {
    return catchThrowableOfType(ProblemException.class, () -> get(path, options)).problem().type();
  }

  @Test
  void getsAPartOfAFileAlsoBehindARedirectToAnotherServer() throws IOException {
    web.name("other.test", Web.SERVER);
    web.redirect("/first", "http://other.test:" + web.port() + "/file");
    web.serve("/file", exchange -> answerWithPart(exchange, "bytes 3-6/10", "3456"));

    assertThat(get("/first", THREE_TO_SIX)).isEqualTo("3456");
    assertThat(seen).containsExactly("bytes=3-6");
  }

  @Test
  void refusesAllOfAFileWhereAPartWasAskedFor() {
    web.serve("/file", exchange -> Web.answer(exchange, BODY));

    assertThat(problem("/file", THREE_TO_SIX)).isEqualTo(ProblemType.FETCH_FAILED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes 0-3/10", "bytes 3-5/10", "bytes 3-7/*", "lines 3-6/10", "", "bytes */10"})
  void refusesAnotherPartThanWasAskedFor(String contentRange) {
    web.serve("/file", exchange -> answerWithPart(exchange, contentRange, "3456"));

    assertThat(problem("/file", THREE_TO_SIX)).isEqualTo(ProblemType.FETCH_FAILED);
  }

  @Test
  void refusesAPartWhereAllWasAskedFor() {
    web.serve("/file", exchange -> answerWithPart(exchange, "bytes 0-3/10", "0123"));

    assertThat(problem("/file", FetchOptions.NONE)).isEqualTo(ProblemType.FETCH_FAILED);
  }

  @Test
  void tellsHowLongTheBodyIsSaidToBe() throws IOException {
    web.serve("/known", exchange -> Web.answer(exchange, BODY));
    web.serve(
        "/unknown",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(BODY);
          exchange.close();
        });
    web.serve(
        "/encoded",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          Web.answer(exchange, BODY);
        });

    assertThat(announced("/known")).isEqualTo(10);
    assertThat(announced("/unknown")).isEqualTo(-1);
    assertThat(announced("/encoded")).isEqualTo(-1);
  }

  private long announced(String path) throws IOException {
    return fetcher.get(WebLink.parse(web.url(path)), response -> response.announcedBytes());
  }

  @Test
  void endsWithTheTimeThatIsLeftWhereThatIsShorterThanThePolicys() {
    web.serve(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
        });

    assertThat(problem("/slow", FetchOptions.NONE.withTimeLimit(Duration.ofMillis(300))))
        .isEqualTo(ProblemType.FETCH_TIMEOUT);
  }

  @Test
  void tellsNothingOfHeaders() {
    assertThat(FetchOptions.of(Map.of("Cookie", "secret"))).asString().doesNotContain("secret");
  }
}
