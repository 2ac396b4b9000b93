package org.touchstone.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.KeyStore;

/** Requests as bytes: those that no HTTP client sends. */
@QuarkusTest
@QuarkusTestResource(Aws.class)
class RequestGateTest {
  private static final String JSON = "Content-Type: application/json\r\n";

  @TestHTTPResource URI address;

  @Inject KeyStore keys;

  private String key() {
    return "x-api-key: "
        + keys.create("local", "test", Set.of(Scope.ANALYSE), Instant.EPOCH, null).text().reveal()
        + "\r\n";
  }

  private record Answer(int status, String head, String body) {
    JsonNode problem() throws IOException {
      assertThat(head).contains("application/problem+json");
      JsonNode problem = Json.mapper().readTree(body);
      assertThat(problem.path("status").asInt()).isEqualTo(status);
      assertThat(problem.path("title").asText()).isNotBlank();
      return problem;
    }
  }

  private Socket open(String start) throws IOException {
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private Answer ask(String request) throws IOException {
    try (Socket socket = open(request)) {
      return answer(socket);
    }
  }

  private static Answer answer(Socket socket) throws IOException {
    String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int end = text.indexOf("\r\n\r\n");
    assertThat(text).startsWith("HTTP/1.1 ");
    return new Answer(
        Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
  }

  private static String post(String headers, String body) {
    return "POST /v1/analyses HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + headers
        + "\r\n"
        + body;
  }

  @Test
  void bodyThatIsAnnouncedTooLargeIsAProblem() throws Exception {
    Answer answer = ask(post(JSON + "Content-Length: 70000\r\n", " ".repeat(70_000)));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem().path("code").asText()).isEqualTo("request.too-large");
  }

  @Test
  void bodyThatBecomesTooLargeIsAProblem() throws Exception {
    String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
    Answer answer =
        ask(post(JSON + "Transfer-Encoding: chunked\r\n", chunk.repeat(20) + "0\r\n\r\n"));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.problem().path("code").asText()).isEqualTo("request.too-large");
  }

  @Test
  void chunkedBodyIsRead() throws Exception {
    String body = "{\"url\":\"https://example.org/a.jpg\"}";
    String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";

    assertThat(ask(post(key() + JSON + "Transfer-Encoding: chunked\r\n", chunk)).status())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({"''", "Content-Type: text/plain", "Content-Type: application/x-www-form-urlencoded"})
  void bodyOfAnotherTypeIsAProblem(String type) throws Exception {
    String header = type.isEmpty() ? "" : type + "\r\n";
    Answer answer = ask(post(header + "Content-Length: 2\r\n", "{}"));

    assertThat(answer.status()).isEqualTo(415);
    answer.problem();
  }

  @ParameterizedTest
  @CsvSource({"/v1/nothing, 404", "/nothing, 404"})
  void addressThatIsWrongIsAProblem(String path, int status) throws Exception {
    Answer answer =
        ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer.status()).isEqualTo(status);
    answer.problem();
  }

  @Test
  void emptyIdempotencyKeyIsAProblem() throws Exception {
    String body = "{\"url\":\"https://example.org/a.jpg\"}";
    Answer answer =
        ask(
            post(
                key() + JSON + "Idempotency-Key:\r\nContent-Length: " + body.length() + "\r\n",
                body));

    assertThat(answer.status()).isEqualTo(400);
    answer.problem();
  }
}
