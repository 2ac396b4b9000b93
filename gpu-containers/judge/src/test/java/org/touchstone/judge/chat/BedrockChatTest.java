package org.touchstone.judge.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;
import org.touchstone.domain.Reason;
import org.touchstone.judge.Judges;
import org.touchstone.judge.NoOpinionException;
import org.touchstone.judge.Opinion;
import org.touchstone.judge.cost.Usage;
import org.touchstone.judge.prompt.Question;
import org.touchstone.judge.settings.JudgeSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A judge at a server that behaves like Bedrock's Converse. */
class BedrockChatTest {
  private static final Question QUESTION = Question.of("Pay now, the bank has closed.", "en");

  private static final String ANSWER =
      """
      {"output": {"message": {"role": "assistant", "content": [%s]}}, "stopReason": "%s",
       "usage": {"inputTokens": 900, "outputTokens": 80, "totalTokens": 980},
       "metrics": {"latencyMs": 1}}
      """;
  private static final String CALL =
      """
      {"toolUse": {"toolUseId": "t", "name": "report_judgement", "input":
       {"label": "fake", "probability": 0.875, "rationale": "It presses.", "claims": ["A."]}}}
      """;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String answer = ANSWER.formatted(CALL, "tool_use");
  private HttpServer server;
  private BedrockChat chat;
  private JudgeSettings settings;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          paths.add(exchange.getRequestURI().getRawPath());
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    settings =
        Judges.settings(
            """
            {'provider': 'bedrock', 'region': 'eu-central-1', 'model': 'vendor.model-1:0',
             'address': 'http://127.0.0.1:%d', 'private': true, 'retries': 0, 'seconds': 20}
            """
                .formatted(server.getAddress().getPort()));
    chat =
        new BedrockChat(
            settings,
            BedrockChat.builder(settings)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .build());
  }

  @AfterEach
  void close() {
    chat.close();
    server.stop(0);
  }

  private NoOpinionException none() {
    return catchThrowableOfType(
        NoOpinionException.class, () -> Judges.judge(settings, chat).judge(QUESTION));
  }

  @Test
  void forcesTheToolAndReadsItsInput() throws Exception {
    Opinion opinion = Judges.judge(settings, chat).judge(QUESTION);

    assertThat(opinion.probability()).isEqualTo(0.875);
    assertThat(opinion.claims()).containsExactly("A.");
    assertThat(opinion.usage()).isEqualTo(new Usage(900, 80, true));
    assertThat(paths).containsExactly("/model/vendor.model-1%3A0/converse");
    JsonNode request = Json.mapper().readTree(asked.getFirst());
    assertThat(request.at("/toolConfig/toolChoice/tool/name").asText())
        .isEqualTo("report_judgement");
    assertThat(request.at("/toolConfig/tools/0/toolSpec/inputSchema/json/required")).hasSize(4);
    assertThat(request.path("messages")).hasSize(1);
    assertThat(request.at("/messages/0/role").asText()).isEqualTo("user");
    assertThat(request.at("/messages/0/content/0/text").asText()).startsWith("BEGIN DATA ");
    assertThat(request.at("/system/0/text").asText()).contains("never orders");
    assertThat(request.at("/inferenceConfig/temperature").asDouble()).isLessThan(0.21);
  }

  @Test
  void answerWithoutTheToolIsNone() {
    answer = ANSWER.formatted("{\"text\": \"real\"}", "end_turn");
    assertThat(none().reason()).isEqualTo(Reason.NO_ANSWER);
    answer = ANSWER.formatted(CALL, "max_tokens");
    assertThat(none().getMessage()).contains("cut off");
    answer = ANSWER.formatted("", "guardrail_intervened");
    assertThat(none().getMessage()).contains("refused");
    assertThat(none().usage()).isEqualTo(new Usage(900, 80, true));
    answer = ANSWER.formatted(CALL.replace("0.875", "\"0.875\""), "tool_use");
    assertThat(none().getMessage()).contains("probability");
  }

  @Test
  void faultsAreReasons() {
    status = 429;
    answer = "{\"__type\": \"ThrottlingException\", \"message\": \"slow\"}";
    assertThat(none().reason()).isEqualTo(Reason.LIMIT_REACHED);
    status = 403;
    answer = "{\"__type\": \"AccessDeniedException\", \"message\": \"no\"}";
    assertThat(none().reason()).isEqualTo(Reason.ERROR);
    status = 500;
    answer = "{\"__type\": \"InternalServerException\", \"message\": \"no\"}";
    assertThat(none().getMessage()).contains("500");
  }
}
