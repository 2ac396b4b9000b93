package org.touchstone.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.touchstone.domain.Json;

/**
 * Answers StartExecution and StopExecution as Step Functions does, and remembers what was started
 * and stopped.
 */
public final class StubStepFunctions implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> started = new ConcurrentHashMap<>();
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();
  private volatile boolean down;
  private volatile Consumer<String> whenStarted = name -> {};

  StubStepFunctions() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Inputs by execution name. */
  Map<String, String> started() {
    return started;
  }

  /** Names of executions that were stopped. */
  Set<String> stopped() {
    return stopped;
  }

  void setDown(boolean isDown) {
    down = isDown;
  }

  /** Does something with the name of each new execution before its start is answered. */
  public void whenStarted(Consumer<String> then) {
    whenStarted = then;
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
    if (down) {
      send(exchange, 503, "{}");
      return;
    }
    if (exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith(".StopExecution")) {
      String arn = request.path("executionArn").asText();
      String name = arn.substring(arn.lastIndexOf(':') + 1);
      if (arn.contains(":execution:analysis:") && started.containsKey(name)) {
        stopped.add(name);
        send(exchange, 200, "{\"stopDate\":1}");
      } else {
        send(exchange, 400, "{\"__type\":\"ExecutionDoesNotExist\",\"message\":\"unknown\"}");
      }
      return;
    }
    String name = request.path("name").asText();
    String input = request.path("input").asText();
    String earlier = started.putIfAbsent(name, input);
    if (earlier != null && !earlier.equals(input)) {
      send(exchange, 400, "{\"__type\":\"ExecutionAlreadyExists\",\"message\":\"exists\"}");
      return;
    }
    if (earlier == null) {
      whenStarted.accept(name);
    }
    send(exchange, 200, "{\"executionArn\":\"arn\",\"startDate\":1}");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
