package org.touchstone.local.models;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.touchstone.domain.link.WebLink;

/**
 * Behaves like Hugging Face: the pinned address of a file redirects to another host, at a signed
 * address that soon expires, where the file is served with ranges and an ETag. One server plays
 * both hosts; the Host header tells which is meant.
 */
public final class LoopbackHub implements AutoCloseable {
  /** The host that serves the bytes. */
  public static final String STORAGE = "cas-bridge.xethub.example";

  private final HttpServer server;
  private final Map<String, byte[]> files = new HashMap<>();
  private final Map<String, Integer> usesOfSignature = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final AtomicInteger signatures = new AtomicInteger();
  private volatile int breakAt = Integer.MAX_VALUE;
  private volatile int usesUntilExpired = 1;
  private volatile boolean publishes = true;

  /**
   * A request.
   *
   * @param host that was meant
   */
  public record Seen(String host, String path, Headers headers) {}

  public LoopbackHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  /** The server, for a fetcher that sends every request to it. */
  public WebLink base() {
    return WebLink.parse("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Publishes a file; returns its path below the hub. */
  public String publish(String repository, String revision, String name, byte[] bytes) {
    String path = "/" + repository + "/resolve/" + revision + "/" + name;
    files.put(path, bytes);
    return path;
  }

  /** Breaks every transfer off after so many bytes. */
  public void breakTransfersAfter(int bytes) {
    breakAt = bytes;
  }

  /** How many requests a signed address answers before it has expired. */
  public void expireSignaturesAfter(int uses) {
    usesUntilExpired = uses;
  }

  /** Answers every request for a file with a page that asks to sign in. */
  public void askToSignIn() {
    publishes = false;
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  private void serve(HttpExchange exchange) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String path = exchange.getRequestURI().getPath();
    seen.add(new Seen(host, path, exchange.getRequestHeaders()));
    try (exchange) {
      if (path.startsWith("/signed/")) {
        storage(exchange, path);
      } else if (!publishes) {
        page(exchange);
      } else if (!files.containsKey(path)) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        redirect(exchange, host, path);
      }
    }
  }

  private static void page(HttpExchange exchange) throws IOException {
    byte[] page = "<!doctype html><title>Sign in</title>".getBytes();
    exchange.getResponseHeaders().set("Content-Type", "text/html");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
  }

  /** A mirror by its address redirects to itself; the hub to its storage. */
  private void redirect(HttpExchange exchange, String host, String path) throws IOException {
    int number = signatures.incrementAndGet();
    String storage = host.startsWith("127.") ? "http://" + host : "https://" + STORAGE;
    exchange
        .getResponseHeaders()
        .set("Location", storage + "/signed/" + number + path + "?X-Signature=" + number);
    exchange.getResponseHeaders().set("X-Linked-ETag", "\"another\"");
    exchange.sendResponseHeaders(302, -1);
  }

  private void storage(HttpExchange exchange, String path) throws IOException {
    String signature = path.substring("/signed/".length(), path.indexOf('/', "/signed/".length()));
    byte[] bytes = files.get(path.substring("/signed/".length() + signature.length()));
    if (usesOfSignature.merge(signature, 1, Integer::sum) > usesUntilExpired) {
      exchange.sendResponseHeaders(403, -1);
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
    }
    exchange.getResponseHeaders().set("ETag", "\"" + bytes.length + "\"");
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
    OutputStream body = exchange.getResponseBody();
    body.write(bytes, from, Math.min(breakAt, bytes.length - from));
    body.flush();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
