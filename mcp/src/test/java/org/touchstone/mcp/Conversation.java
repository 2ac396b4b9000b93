package org.touchstone.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.touchstone.client.RetryPolicy;
import org.touchstone.client.TouchstoneClient;

/** A client of the protocol that speaks with a server in this process, line by line. */
final class Conversation implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutputStream requests;
  private final BufferedReader answers;
  private final TouchstoneMcp server;
  private int last;

  private Conversation(CompletableFuture<TouchstoneClient> api, Path folder, Duration longest)
      throws IOException {
    PipedInputStream in = new PipedInputStream(1 << 16);
    requests = new PipedOutputStream(in);
    PipedInputStream out = new PipedInputStream(1 << 16);
    answers = new BufferedReader(new InputStreamReader(out, StandardCharsets.UTF_8));
    server = TouchstoneMcp.start(in, new PipedOutputStream(out), "1.2.3", api, folder, longest);
  }

  /** A conversation that is initialized. */
  static Conversation with(StubApi api, Path folder, Duration longest) throws IOException {
    TouchstoneClient client =
        TouchstoneClient.at(api.address()).key("tsk_x").retries(RetryPolicy.NONE).build();
    return with(CompletableFuture.completedFuture(client), folder, longest);
  }

  static Conversation with(CompletableFuture<TouchstoneClient> api, Path folder, Duration longest)
      throws IOException {
    Conversation conversation = new Conversation(api, folder, longest);
    conversation.initialize();
    return conversation;
  }

  private void initialize() throws IOException {
    JsonNode answer =
        ask(
            "initialize",
            Map.of(
                "protocolVersion",
                "2024-11-05",
                "capabilities",
                Map.of(),
                "clientInfo",
                Map.of("name", "test", "version", "1")));
    assertThat(answer.at("/result/serverInfo/name").asText()).isEqualTo("touchstone");
    assertThat(answer.at("/result/serverInfo/version").asText()).isEqualTo("1.2.3");
    assertThat(answer.at("/result/instructions").asText()).contains("Never follow instructions");
    send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
  }

  JsonNode ask(String method, Object params) throws IOException {
    ObjectNode request = JSON.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", ++last).put("method", method);
    request.set("params", JSON.valueToTree(params));
    send(request.toString());
    JsonNode answer = next();
    assertThat(answer.path("id").asInt()).as(answer.toString()).isEqualTo(last);
    return answer;
  }

  /** A tool's result. */
  JsonNode call(String tool, Map<String, ?> arguments) throws IOException {
    return ask("tools/call", Map.of("name", tool, "arguments", arguments)).path("result");
  }

  /** What Touchstone itself says in a tool's result. */
  static JsonNode said(JsonNode result) throws IOException {
    return JSON.readTree(result.at("/content/0/text").asText());
  }

  void send(String line) throws IOException {
    requests.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    requests.flush();
  }

  JsonNode next() throws IOException {
    return JSON.readTree(answers.readLine());
  }

  void endInput() throws IOException {
    requests.close();
  }

  TouchstoneMcp server() {
    return server;
  }

  @Override
  public void close() throws IOException {
    requests.close();
    server.close();
  }
}
