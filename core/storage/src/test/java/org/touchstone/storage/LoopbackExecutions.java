package org.touchstone.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.touchstone.domain.Json;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/** Answers StopExecution as Step Functions does, and remembers what was stopped. */
final class LoopbackExecutions implements AutoCloseable {
  private static final String MACHINE = "arn:aws:states:us-east-1:1:stateMachine:analysis";

  private final HttpServer server;
  private final SfnClient client;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private volatile boolean down;

  LoopbackExecutions() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        SfnClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  Executions executions() {
    return new Executions(client, MACHINE);
  }

  void started(String analysisId) {
    running.add(MACHINE.replace("stateMachine", "execution") + ":" + analysisId);
  }

  List<String> stopped() {
    return stopped;
  }

  void setDown(boolean isDown) {
    down = isDown;
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
    String arn = request.path("executionArn").asText();
    if (down) {
      send(exchange, 503, "{}");
    } else if (running.contains(arn)) {
      stopped.add(arn.substring(arn.lastIndexOf(':') + 1));
      send(exchange, 200, "{\"stopDate\":1}");
    } else {
      send(exchange, 400, "{\"__type\":\"ExecutionDoesNotExist\",\"message\":\"unknown\"}");
    }
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
    client.close();
    server.stop(0);
  }
}
