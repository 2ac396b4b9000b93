package org.touchstone.mentions.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Verdict;

/** Both services, against a server on this machine. */
class AnalysisServicesTest {
  private final Map<String, String> answers = new HashMap<>();
  private final Map<String, Integer> statuses = new HashMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(what + (body.isEmpty() ? "" : " " + body));
          keys.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("x-api-key"))
                  + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          byte[] answer = answers.getOrDefault(what, "{}").getBytes(StandardCharsets.UTF_8);
          int status = statuses.getOrDefault(what, 200);
          exchange
              .getResponseHeaders()
              .add("content-type", status < 400 ? "application/json" : "application/problem+json");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void allMediaOfAPostAreAnalysedAndTheLeastReassuringDecides() throws AnalysisException {
    answers.put("POST /resolve-media", "{\"media\": [{\"id\": \"a\"}, {\"id\": \"b c\"}]}");
    answers.put("GET /get-results?id=a", "{\"state\": \"COMPLETE\", \"verdict\": \"low\"}");
    answers.put("GET /get-results?id=b+c", "{\"state\": \"PROCESSING\", \"verdict\": \"unknown\"}");
    try (AnalysisService service = new HttpAnalyses(address, "secret")) {
      String id = service.start("https://x.com/Foo/status/1", "key");
      assertThat(requests.getFirst())
          .isEqualTo("POST /resolve-media {\"postUrl\":\"https://x.com/Foo/status/1\"}");
      assertThat(keys).allMatch(key -> key.startsWith("secret"));
      assertThat(service.result(id)).isInstanceOf(AnalysisResult.Running.class);

      answers.put("GET /get-results?id=b+c", "{\"state\": \"COMPLETE\", \"verdict\": \"high\"}");
      assertThat(service.result(id)).isEqualTo(new AnalysisResult.Complete(Verdict.Level.HIGH));

      answers.put("GET /get-results?id=b+c", "{\"state\": \"ERROR\"}");
      assertThat(service.result(id))
          .isEqualTo(new AnalysisResult.Complete(Verdict.Level.INSUFFICIENT_EVIDENCE));
      assertThat(service.share(id)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "low,LOW",
    "trusted,TRUSTED",
    "uncertain,UNCERTAIN",
    "high,HIGH",
    "unknown,INSUFFICIENT_EVIDENCE"
  })
  void verdictsOfTheOriginalAreLevels(String verdict, Verdict.Level level)
      throws AnalysisException {
    answers.put(
        "GET /get-results?id=a", "{\"state\": \"COMPLETE\", \"verdict\": \"" + verdict + "\"}");
    try (AnalysisService service = new HttpAnalyses(address, null)) {
      assertThat(service.result("a")).isEqualTo(new AnalysisResult.Complete(level));
    }
  }

  @Test
  void aPostWithoutMediaIsALastingProblemAndAFaultAPassingOne() {
    answers.put("POST /resolve-media", "{\"result\": \"failure\", \"media\": []}");
    statuses.put("GET /get-results?id=a", 503);
    answers.put("GET /get-results?id=b", "not JSON");
    answers.put("GET /get-results?id=c", "\"" + "x".repeat(2_000_000) + "\"");
    try (AnalysisService service = new HttpAnalyses(address, null)) {
      assertThatThrownBy(() -> service.start("https://x.com/1", "key"))
          .isInstanceOfSatisfying(
              AnalysisException.class, e -> assertThat(e.problem()).contains("post.no-media"));
      for (String id : List.of("a", "b", "c")) {
        assertThatThrownBy(() -> service.result(id))
            .isInstanceOfSatisfying(
                AnalysisException.class, e -> assertThat(e.problem()).isEmpty());
      }
    }
  }

  @Test
  void ourOwnApiIsAskedOnceForAPostAndSharesTheResultItself() throws AnalysisException {
    answers.put("POST /v1/analyses", "{\"id\": \"abc\", \"status\": \"queued\"}");
    statuses.put("POST /v1/analyses", 202);
    answers.put("POST /v1/analyses/abc/shares", "{\"id\": \"s1\", \"path\": \"a/s1\"}");
    statuses.put("POST /v1/analyses/abc/shares", 201);
    try (AnalysisService service = new TouchstoneAnalyses(address, null)) {
      assertThat(service.start("https://x.com/Foo/status/1", "mention-1")).isEqualTo("abc");
      assertThat(keys).containsExactly("nullmention-1");

      answers.put("GET /v1/analyses/abc", "{\"id\": \"abc\", \"status\": \"detecting\"}");
      assertThat(service.result("abc")).isInstanceOf(AnalysisResult.Running.class);
      answers.put(
          "GET /v1/analyses/abc",
          "{\"id\": \"abc\", \"status\": \"complete\", \"verdict\": {\"level\": \"low\"}}");
      assertThat(service.result("abc")).isEqualTo(new AnalysisResult.Complete(Verdict.Level.LOW));
      answers.put(
          "GET /v1/analyses/abc",
          "{\"id\": \"abc\", \"status\": \"complete\", \"verdict\": {\"level\": \"low\"},"
              + " \"override\": {\"level\": \"high\"}}");
      assertThat(service.result("abc")).isEqualTo(new AnalysisResult.Complete(Verdict.Level.HIGH));
      answers.put(
          "GET /v1/analyses/abc",
          "{\"id\": \"abc\", \"status\": \"failed\", \"error\": {\"type\":"
              + " \"post.deleted\"}}");
      assertThat(service.result("abc")).isEqualTo(new AnalysisResult.Failed("post.deleted"));
      assertThat(service.share("abc")).contains(address.resolve("/a/s1"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "422,urn:touchstone:problem:link.unsupported,link.unsupported",
    "401,urn:touchstone:problem:key.invalid,",
    "429,urn:touchstone:problem:cap.reached,",
    "409,urn:touchstone:problem:request.in-flight,",
    "404,about:blank,"
  })
  void ourOwnApisRefusalsAreLastingOnlyIfTheyAreThePostsFault(
      int status, String type, String problem) {
    String code = type.substring(type.lastIndexOf(':') + 1);
    answers.put(
        "POST /v1/analyses",
        code.equals("blank")
            ? "{\"type\": \"about:blank\"}"
            : "{\"type\": \"%s\", \"code\": \"%s\"}".formatted(type, code));
    statuses.put("POST /v1/analyses", status);
    try (AnalysisService service = new TouchstoneAnalyses(address, null)) {
      assertThatThrownBy(() -> service.start("https://x.com/1", "key"))
          .isInstanceOfSatisfying(
              AnalysisException.class,
              e -> assertThat(e.problem().orElse(null)).isEqualTo(problem));
    }
  }
}
