package org.touchstone.local.models;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.touchstone.domain.link.WebLink;

/** A server of one file that answers each request as the test prescribes, well or badly. */
final class FileServer implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<Headers> requests = Collections.synchronizedList(new ArrayList<>());

  FileServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /** Gives the answers to one request each, the last to all that follow. */
  FileServer answering(Answer... next) {
    answers.clear();
    answers.addAll(Arrays.asList(next));
    return this;
  }

  WebLink link() {
    return WebLink.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/weights.pth");
  }

  List<Headers> requests() {
    return requests;
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestHeaders());
    Answer answer;
    synchronized (answers) {
      answer = answers.size() > 1 ? answers.poll() : answers.peek();
    }
    try (exchange) {
      answer.to(exchange);
    }
  }

  /** The whole file, or the part that is asked for of this version. */
  static Answer file(byte[] bytes, String tag) {
    return upTo(bytes, tag, bytes.length);
  }

  /** As {@link #file}, but the connection breaks before the byte at {@code end}. */
  static Answer upTo(byte[] bytes, String tag, int end) {
    return exchange -> {
      String range = exchange.getRequestHeaders().getFirst("Range");
      String version = exchange.getRequestHeaders().getFirst("If-Range");
      int from = 0;
      if (range != null && (version == null || version.equals(tag))) {
        from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
      }
      if (tag != null) {
        exchange.getResponseHeaders().set("ETag", tag);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      OutputStream body = exchange.getResponseBody();
      body.write(bytes, from, Math.max(0, end - from));
      body.flush();
    };
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Answer redirect(String location) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", location);
      exchange.sendResponseHeaders(302, -1);
    };
  }

  /** A body whose length is not announced. */
  static Answer content(String type, byte[] bytes) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(bytes);
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
