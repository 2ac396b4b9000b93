package org.touchstone.emulators.stepfunctions.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.stepfunctions.testing.SignedPost;
import org.touchstone.emulators.stepfunctions.testing.TestServer;

class HostileRequestTest {
  private final TestServer server = TestServer.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    // Whatever the request was, the server still works.
    assertThat(server.run("A", "\"A\":{\"Type\":\"Succeed\"}", "{}").statusAsString())
        .isEqualTo("SUCCEEDED");
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "7", "{}{}", "{\"a\":", "\u0000", "{'a':1}", "\ufeff{}"})
  void refusesBodiesThatAreNoJsonObject(String body) throws Exception {
    HttpResponse<String> answer = post("ListStateMachines", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"__type\":\"SerializationException\"");
  }

  @Test
  void refusesBodiesNestedWithoutEnd() throws Exception {
    HttpResponse<String> answer = post("ListStateMachines", "{\"a\":".repeat(100_000));

    assertThat(answer.body()).contains("SerializationException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DeleteEverything", "", "Foo.StartExecution", "startExecution"})
  void refusesUnknownOperations(String operation) throws Exception {
    HttpResponse<String> answer = post(operation, "{}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"__type\":\"UnknownOperationException\"");
  }

  @Test
  void refusesRequestsWithoutATargetAndOtherMethods() throws Exception {
    HttpRequest bare =
        HttpRequest.newBuilder(server.endpoint()).POST(BodyPublishers.ofString("{}")).build();
    assertThat(http.send(bare, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
    HttpRequest get = HttpRequest.newBuilder(server.endpoint()).GET().build();
    assertThat(http.send(get, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"stateMachineArn\":7}",
        "{\"stateMachineArn\":null}",
        "{\"stateMachineArn\":\"\"}",
        "{\"stateMachineArn\":{\"a\":1}}",
        "{\"stateMachineArn\":\"arn:aws:states:us-east-1:000000000000:stateMachine:m\",\"maxResults\":-1}",
        "{\"stateMachineArn\":\"arn:aws:states:us-east-1:000000000000:stateMachine:m\",\"maxResults\":1e9}",
        "{\"stateMachineArn\":\"arn:aws:states:us-east-1:000000000000:stateMachine:m\",\"statusFilter\":\"ODD\"}",
        "{}"
      })
  void refusesMembersOfTheWrongKind(String body) throws Exception {
    HttpResponse<String> answer = post("ListExecutions", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"__type\":\"ValidationException\"");
  }

  @Test
  void readsNoMoreOfABodyThanItMayHold() throws Exception {
    // A body without an announced length; the client sends only as much as the server reads.
    long[] sent = {0};
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            sent[0]++;
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            sent[0] += length;
            return length;
          }
        };
    String answer;
    try {
      answer = unsigned("ListStateMachines", BodyPublishers.ofInputStream(() -> endless)).body();
    } catch (IOException closedWhileSending) {
      answer = "413";
    }
    assertThat(answer).containsAnyOf("413", "is longer than");
    assertThat(sent[0]).isLessThan(16L * AwsJsonHandler.MAX_BODY);
  }

  @Test
  void refusesAnAnnouncedLengthWithoutReadingIt() throws Exception {
    URI endpoint = server.endpoint();
    try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: AWSStepFunctions.ListStateMachines\r\n"
              + "Content-Length: 9000000000\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();

      String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

      assertThat(status).isEqualTo("HTTP/1.1 413");
    }
  }

  private HttpResponse<String> post(String operation, String body) throws Exception {
    HttpRequest request =
        SignedPost.of(
                server.endpoint(),
                TestServer.KEY,
                "AWSStepFunctions." + operation,
                body,
                Instant.now())
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> unsigned(String operation, BodyPublisher body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.endpoint())
            .header("X-Amz-Target", "AWSStepFunctions." + operation)
            .header("Content-Type", "application/x-amz-json-1.0")
            .POST(body)
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
