package org.touchstone.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

class UrlFetcherTest {
  private static final int MAX_BYTES = 1000;

  @TempDir Path folder;

  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void setUp() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  @AfterEach
  void tearDown() {
    over.countDown();
    server.stop(0);
  }

  private void serve(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private Path fetch(Duration limit) throws IOException {
    Path file = folder.resolve("fetched");
    try (UrlFetcher fetcher = new UrlFetcher(limit, MAX_BYTES)) {
      fetcher.fetch(WebLink.parse("http://127.0.0.1:" + server.getAddress().getPort() + "/"), file);
    }
    return file;
  }

  private void fails(ProblemType type, Duration limit) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> fetch(limit))
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  @Test
  void fetchesAFile() throws Exception {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, MAX_BYTES);
          exchange.getResponseBody().write(new byte[MAX_BYTES]);
          exchange.close();
        });

    assertThat(fetch(Duration.ofSeconds(20))).hasSize(MAX_BYTES);
  }

  @Test
  void stopsAtItsSizeWhateverLengthIsAnnounced() {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[MAX_BYTES + 1]);
          exchange.close();
        });

    fails(ProblemType.MEDIA_TOO_LARGE, Duration.ofSeconds(20));
  }

  @Test
  void givesUpOnAServerThatSendsWithoutEnd() {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          awaitEnd();
        });

    fails(ProblemType.FETCH_TIMEOUT, Duration.ofMillis(300));
  }

  @Test
  void givesUpOnAServerThatDoesNotAnswer() {
    serve(exchange -> awaitEnd());

    fails(ProblemType.FETCH_TIMEOUT, Duration.ofMillis(300));
  }

  @Test
  void saysWhenThereIsNoServer() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    try (UrlFetcher fetcher = new UrlFetcher(Duration.ofSeconds(20), MAX_BYTES)) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(
              () ->
                  fetcher.fetch(
                      WebLink.parse("http://127.0.0.1:" + port + "/"), folder.resolve("none")))
          .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.FETCH_UNREACHABLE));
    }
  }

  @Test
  void followsNoRedirect() {
    serve(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });

    fails(ProblemType.FETCH_FAILED, Duration.ofSeconds(20));
  }

  private void awaitEnd() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
