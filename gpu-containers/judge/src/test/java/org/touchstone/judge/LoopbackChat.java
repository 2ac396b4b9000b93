package org.touchstone.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.touchstone.domain.Json;

/** A chat endpoint on this machine that behaves like the documented API; notes what it is asked. */
public final class LoopbackChat implements AutoCloseable {
  public static final String MODEL = "judge-1";

  /** A good answer. */
  public static final String FAKE =
      "{\"label\":\"fake\",\"probability\":0.9,\"rationale\":\"It presses to pay.\","
          + "\"claims\":[\"The bank has closed.\"]}";

  private final HttpServer server;
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private volatile Function<Integer, Reply> replies = number -> tool(FAKE);

  /**
   * An answer.
   *
   * @param pauseMillis the pause before each of its last bytes
   */
  public record Reply(int status, Map<String, String> headers, String body, long pauseMillis) {
    public static Reply of(int status, String body) {
      return new Reply(status, Map.of(), body, 0);
    }
  }

  public LoopbackChat() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  /** The address before {@code /chat/completions}. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Answers every request alike. */
  public void reply(Reply reply) {
    replies = number -> reply;
  }

  /** Answers by the number of the request, from 0 on. */
  public void replies(Function<Integer, Reply> by) {
    replies = by;
  }

  /** The bodies of requests. */
  public List<JsonNode> asked() {
    return List.copyOf(asked);
  }

  public List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  /** A completion that calls the tool with these arguments. */
  public static Reply tool(String arguments) {
    return completion(call("report_judgement", arguments), "tool_calls", MODEL);
  }

  public static Map<String, Object> call(String name, String arguments) {
    return Map.of(
        "role",
        "assistant",
        "tool_calls",
        List.of(
            Map.of(
                "id",
                "call_1",
                "type",
                "function",
                "function",
                Map.of("name", name, "arguments", arguments))));
  }

  public static Reply completion(Map<String, Object> message, String finish, String model) {
    return Reply.of(
        200,
        Json.string(
            Map.of(
                "id",
                "chatcmpl-1",
                "object",
                "chat.completion",
                "created",
                1,
                "model",
                model,
                "choices",
                List.of(Map.of("index", 0, "message", message, "finish_reason", finish)),
                "usage",
                Map.of("prompt_tokens", 1000, "completion_tokens", 100, "total_tokens", 1100))));
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int number = asked.size();
    headers.add(Map.copyOf(exchange.getRequestHeaders()));
    asked.add(Json.mapper().readTree(body));
    Reply reply =
        exchange.getRequestURI().getPath().equals("/v1/chat/completions")
            ? replies.apply(number)
            : Reply.of(404, "{}");
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    try (var out = exchange.getResponseBody()) {
      if (reply.pauseMillis() == 0) {
        out.write(bytes);
      } else {
        for (byte each : bytes) {
          out.write(each);
          out.flush();
          Thread.sleep(reply.pauseMillis());
        }
      }
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
