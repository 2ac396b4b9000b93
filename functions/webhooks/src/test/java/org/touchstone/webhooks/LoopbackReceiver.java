package org.touchstone.webhooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of an account on this machine; notes what it is told. */
final class LoopbackReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour;

  /** A message; header names are in lower case. */
  record Told(String method, String path, Map<String, String> headers, String body) {
    String id() {
      return headers.get("webhook-id");
    }
  }

  /** What the receiver does with its number-th message, counted from 0. */
  @FunctionalInterface
  interface Behaviour {
    void answer(int number, HttpExchange exchange) throws IOException;
  }

  LoopbackReceiver(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::receive);
    server.start();
  }

  /** A receiver that answers its messages with these statuses in turn, the last one for ever. */
  static LoopbackReceiver answering(int... statuses) {
    return new LoopbackReceiver(
        (number, exchange) ->
            exchange.sendResponseHeaders(statuses[Math.min(number, statuses.length - 1)], -1));
  }

  /** A receiver that accepts connections and messages, and never answers. */
  static LoopbackReceiver hanging() {
    LoopbackReceiver receiver = answering(200);
    receiver.behaviour = (number, exchange) -> receiver.awaitEnd();
    return receiver;
  }

  /** A receiver that answers with a status and one header. */
  static LoopbackReceiver answering(int status, String header, String value) {
    return new LoopbackReceiver(
        (number, exchange) -> {
          exchange.getResponseHeaders().add(header, value);
          exchange.sendResponseHeaders(status, -1);
        });
  }

  /** A receiver whose answer has no end. */
  static LoopbackReceiver endless() {
    return new LoopbackReceiver(
        (number, exchange) -> {
          exchange.sendResponseHeaders(200, 1L << 40);
          byte[] part = new byte[1 << 16];
          try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
              out.write(part);
            }
          }
        });
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/events";
  }

  List<Told> told() {
    return List.copyOf(told);
  }

  private void receive(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(), String.join(",", values)));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int number;
    synchronized (this) {
      number = told.size();
      told.add(
          new Told(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), headers, body));
    }
    try (exchange) {
      behaviour.answer(number, exchange);
    }
  }

  private void awaitEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
