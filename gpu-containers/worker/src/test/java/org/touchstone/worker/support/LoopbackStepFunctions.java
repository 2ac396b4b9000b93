package org.touchstone.worker.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.touchstone.domain.Json;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The three operations of Step Functions that workers call, in AWS JSON 1.0, with the service's own
 * answers: a task ends once, and later calls are told that it is gone.
 */
public final class LoopbackStepFunctions implements AutoCloseable {
  private final HttpServer server;
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> heartbeats = new ConcurrentHashMap<>();
  private final List<Call> ended = new CopyOnWriteArrayList<>();
  private final List<Call> late = new CopyOnWriteArrayList<>();
  private final AtomicInteger throttled = new AtomicInteger();

  /** A call that ended a task, or came too late to end it. */
  public record Call(String operation, String token, JsonNode body) {}

  public LoopbackStepFunctions() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /** A client that does not retry; the caller closes it. */
  public static SfnClient client(URI endpoint) {
    return SfnClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(Servers.KEY.id(), Servers.KEY.secret())))
        .overrideConfiguration(Workplace.noRetries())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on somebody waits for this token. */
  public void open(String token) {
    open.add(token);
  }

  /** From now on nobody waits for this token. */
  public void expire(String token) {
    open.remove(token);
  }

  /** The next calls are throttled. */
  public void throttle(int calls) {
    throttled.set(calls);
  }

  public int throttledLeft() {
    return Math.max(0, throttled.get());
  }

  public int heartbeats(String token) {
    AtomicInteger count = heartbeats.get(token);
    return count == null ? 0 : count.get();
  }

  /** The calls that ended a task. */
  public List<Call> ended() {
    return ended;
  }

  /** The calls that found their task gone. */
  public List<Call> late() {
    return late;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode body = Json.mapper().readTree(exchange.getRequestBody());
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String operation = target.substring(target.indexOf('.') + 1);
      String token = body.path("taskToken").asText();
      if (throttled.getAndDecrement() > 0) {
        answer(exchange, 400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
        return;
      }
      boolean ends = !operation.equals("SendTaskHeartbeat");
      Call call = new Call(operation, token, body);
      if (!(ends ? open.remove(token) : open.contains(token))) {
        late.add(call);
        answer(exchange, 400, "{\"__type\":\"TaskTimedOut\",\"message\":\"Task Timed Out\"}");
        return;
      }
      if (ends) {
        ended.add(call);
      } else {
        heartbeats.computeIfAbsent(token, t -> new AtomicInteger()).incrementAndGet();
      }
      answer(exchange, 200, "{}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
