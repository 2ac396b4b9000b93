package org.touchstone.emulators.social.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** An HTTP server on 127.0.0.1 that remembers its calls and can fail on demand. */
public final class LoopbackServer implements AutoCloseable {
  private static final int MAX_BODY = 64 << 20;
  private static final int TOO_LARGE = 413;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Faults faults = new Faults();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /**
   * Begins to listen.
   *
   * @param port the port; 0 for any free one
   * @param handler answers each call
   * @throws UncheckedIOException when the port is in use
   */
  public LoopbackServer(int port, Function<Call, Answer> handler) {
    try {
      http =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on the port", e);
    }
    http.setExecutor(threads);
    http.createContext("/", exchange -> handle(exchange, handler));
    http.start();
  }

  private void handle(HttpExchange exchange, Function<Call, Answer> handler) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
      if (body.length > MAX_BODY) {
        send(exchange, Answer.of(TOO_LARGE, "text/plain", "too large"));
        return;
      }
      Call call = call(exchange, body);
      calls.add(call);
      Optional<Faults.Fault> fault = faults.take(call);
      if (fault.isEmpty()) {
        send(exchange, handler.apply(call));
        return;
      }
      switch (fault.get().kind()) {
        case LOST_ANSWER -> handler.apply(call);
        case LOST_REQUEST -> {}
        case OTHER_ANSWER -> send(exchange, fault.get().answer());
      }
    }
  }

  private static Call call(HttpExchange exchange, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery();
    return new Call(
        exchange.getRequestMethod(), uri.getPath(), query == null ? "" : query, headers, body);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    boolean isEmpty = answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), isEmpty ? -1 : answer.body().length);
    if (!isEmpty) {
      exchange.getResponseBody().write(answer.body());
    }
  }

  /** The server's address. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** The faults that it is to have. */
  public Faults faults() {
    return faults;
  }

  /** All calls so far, the first one first. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
