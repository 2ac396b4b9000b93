package org.touchstone.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchBody;
import org.touchstone.fetch.FetchPolicy;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.fetch.Fetcher;

/** A loopback server that stands in for all hosts and can record its requests. */
final class StandIn implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Function<String, byte[]>> answers = new ConcurrentHashMap<>();
  private final Map<String, Path> files = new ConcurrentHashMap<>();
  private volatile List<FetchRequest> asked;

  StandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  WebLink address() {
    return WebLink.parse("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A fetcher that sends every request to this server. */
  static Fetcher fetcher(WebLink standIn, long maxBytes) {
    FetchPolicy standard = FetchPolicy.DEFAULT;
    return new Fetcher(
        new FetchPolicy(
            standard.ports(),
            false,
            standard.maxRedirects(),
            maxBytes,
            standard.connectTimeout(),
            standard.idleTimeout(),
            standard.deadline(),
            standard.minBytesPerSecond(),
            standard.paceWindow()),
        standIn);
  }

  /**
   * @param begins prefix of host, path and query; the longest match wins
   * @param answer makes the answer from path and query
   */
  void serve(String begins, Function<String, byte[]> answer) {
    answers.put(begins, answer);
  }

  void serve(String begins, Path file) {
    files.put(begins, file);
  }

  /** Records all requests from now on. */
  void note() {
    asked = new CopyOnWriteArrayList<>();
  }

  /** The recorded requests, to be sent again; stops recording. */
  List<FetchRequest> noted() {
    List<FetchRequest> noted = asked;
    asked = null;
    return noted;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = exchange.getRequestHeaders().getFirst("Host");
      String target = exchange.getRequestURI().toString();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      List<FetchRequest> notes = asked;
      if (notes != null) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        notes.add(
            new FetchRequest(
                body.isEmpty() ? "GET" : "POST",
                WebLink.parse("https://" + host + target),
                Map.of(),
                body.isEmpty() ? null : FetchBody.ofText(type.split(";")[0], body)));
      }
      Path file = files.get(host + target);
      if (file != null) {
        exchange.sendResponseHeaders(200, Files.size(file));
        Files.copy(file, exchange.getResponseBody());
        return;
      }
      byte[] answer =
          answers.keySet().stream()
              .filter((host + target)::startsWith)
              .reduce((a, b) -> a.length() >= b.length() ? a : b)
              .map(begins -> answers.get(begins).apply(target))
              .orElse(null);
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange
          .getResponseHeaders()
          .add("Content-Type", answer[0] == '<' ? "text/html" : "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
