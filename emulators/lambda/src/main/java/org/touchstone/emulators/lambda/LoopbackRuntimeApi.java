package org.touchstone.emulators.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lambda's runtime API (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html) for one
 * function. The process asks for the next event, and posts its response, its error, or that it
 * could not start.
 */
public final class LoopbackRuntimeApi implements AutoCloseable {
  private static final String VERSION = "/2018-06-01/runtime";
  private static final Pattern END =
      Pattern.compile(VERSION + "/invocation/([0-9a-f-]{36})/(response|error)");
  private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";

  /** Lambda's longest timeout. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  private static final int MAX_PAYLOAD_BYTES = 6 << 20;

  private final Duration timeout;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Invocation>> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Invocation.Failure> initError = new CompletableFuture<>();
  private final CompletableFuture<Void> started = new CompletableFuture<>();

  private record Event(String requestId, String payload, String traceHeader) {}

  /**
   * Starts the server.
   *
   * @param timeout the time for an event that the function is told of
   */
  public LoopbackRuntimeApi(Duration timeout) {
    this.timeout = timeout;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Host and port, in the format of {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Sends the function an event.
   *
   * @param traceHeader X-Ray's trace header
   * @return completes when the function has answered or failed
   */
  public CompletableFuture<Invocation> invoke(String payload, String traceHeader) {
    Event event = new Event(UUID.randomUUID().toString(), payload, traceHeader);
    CompletableFuture<Invocation> end = new CompletableFuture<>();
    running.put(event.requestId(), end);
    events.add(event);
    return end;
  }

  /** Completes when the process reports that it cannot start. */
  public CompletableFuture<Invocation.Failure> initError() {
    return initError;
  }

  /** Completes when the process asks for its first event, or reports that it cannot start. */
  CompletableFuture<Void> started() {
    return started;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Matcher end = END.matcher(path);
      if (path.equals(VERSION + "/invocation/next")) {
        started.complete(null);
        next(exchange);
      } else if (path.equals(VERSION + "/init/error")) {
        initError.complete(failure(exchange));
        started.complete(null);
        accept(exchange);
      } else if (end.matches() && running.containsKey(end.group(1))) {
        running
            .remove(end.group(1))
            .complete(
                end.group(2).equals("error")
                    ? failure(exchange)
                    : new Invocation.Response(body(exchange)));
        accept(exchange);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    Event event = events.take();
    exchange.getResponseHeaders().add("Lambda-Runtime-Aws-Request-Id", event.requestId());
    exchange
        .getResponseHeaders()
        .add(
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(Instant.now().plus(timeout).toEpochMilli()));
    exchange
        .getResponseHeaders()
        .add(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:123456789012:function:touchstone");
    exchange.getResponseHeaders().add("Lambda-Runtime-Trace-Id", event.traceHeader());
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    byte[] payload = event.payload().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, payload.length);
    exchange.getResponseBody().write(payload);
  }

  private static Invocation.Failure failure(HttpExchange exchange) throws IOException {
    return new Invocation.Failure(
        exchange.getRequestHeaders().getFirst(ERROR_TYPE), body(exchange));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(
        exchange.getRequestBody().readNBytes(MAX_PAYLOAD_BYTES), StandardCharsets.UTF_8);
  }

  private static void accept(HttpExchange exchange) throws IOException {
    byte[] ok = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(202, ok.length);
    exchange.getResponseBody().write(ok);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
