package org.touchstone.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that keeps what it was asked and answers as a test says. */
final class LoopbackApi implements AutoCloseable {
  static final String KEY = "tsk_0123456789";

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Reply> replies = new ConcurrentLinkedQueue<>();

  /** A request as it was received. */
  record Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
    String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst()
          .orElse(null);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** An answer; one of status 0 is a connection that ends without one. */
  record Reply(int status, Map<String, String> headers, byte[] body) {
    static Reply json(int status, String body) {
      return new Reply(
          status,
          Map.of("Content-Type", "application/json"),
          body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply problem(int status, String code) {
      String body =
          "{\"type\":\"urn:touchstone:problem:%s\",\"title\":\"T\",\"status\":%d,\"detail\":\"D\",\"code\":\"%s\"}"
              .formatted(code, status, code);
      return new Reply(
          status,
          Map.of("Content-Type", "application/problem+json"),
          body.getBytes(StandardCharsets.UTF_8));
    }

    Reply with(String header, String value) {
      Map<String, String> more = new java.util.TreeMap<>(headers);
      more.put(header, value);
      return new Reply(status, more, body);
    }
  }

  LoopbackApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Thread.ofVirtual()::start);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next answers, in order; the last one is repeated. */
  LoopbackApi answer(Reply... next) {
    replies.addAll(List.of(next));
    return this;
  }

  List<Request> requests() {
    return requests;
  }

  /** A client with short pauses. */
  TouchstoneClient client() {
    return TouchstoneClient.at(address())
        .key(KEY)
        .retries(
            new RetryPolicy(
                3,
                java.time.Duration.ofMillis(2),
                java.time.Duration.ofMillis(5),
                java.time.Duration.ofSeconds(2)))
        .build();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            Map.copyOf(exchange.getRequestHeaders()),
            exchange.getRequestBody().readAllBytes()));
    Reply reply = replies.size() > 1 ? replies.poll() : replies.peek();
    if (reply.status() == 0) {
      exchange.close();
      return;
    }
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean empty = reply.body().length == 0;
    exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
    if (!empty) {
      exchange.getResponseBody().write(reply.body());
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
