package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Json;

/** What {@code touchstone up} does with requests that no client of it should send. */
class ApiGateIT {
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String BODY = "{\"url\":\"https://example.invalid/a.jpg\"}";

  @TempDir private static Path work;
  private static TouchstoneProcess up;
  private static Api api;

  @BeforeAll
  static void start() throws IOException {
    Path abandoned = work.resolve("data/work/touchstone-job-1");
    Files.createDirectories(abandoned);
    Files.writeString(abandoned.resolve("medium"), "a user's medium");
    up =
        TouchstoneProcess.start(
            work,
            "up",
            "--no-auth",
            "--port",
            "0",
            "--allow-private",
            "--data",
            work.resolve("data").toString());
    api = Api.of(up);
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  private record Answer(int status, String head, String body) {}

  private static Socket open(String start) throws IOException {
    URI address = URI.create(api.address("api"));
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(90_000);
    socket.getOutputStream().write(start.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private static Answer answer(Socket socket) throws IOException {
    String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(text).startsWith("HTTP/1.1 ");
    int end = text.indexOf("\r\n\r\n");
    return new Answer(
        Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
  }

  private static void isProblem(String request, int status) throws IOException {
    try (Socket socket = open(request)) {
      Answer answer = answer(socket);
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.head()).containsIgnoringCase("application/problem+json");
      assertThat(Json.mapper().readTree(answer.body()).path("status").asInt()).isEqualTo(status);
    }
    assertThat(up.errors()).doesNotContain("Exception");
  }

  private static String get(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n";
  }

  private static String post(String headers) {
    return "POST /v1/analyses HTTP/1.1\r\nConnection: close\r\nContent-Length: "
        + BODY.length()
        + "\r\n"
        + headers
        + "\r\n"
        + BODY;
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, 421",
    "evil.example:8080, 421",
    "127.0.0.1.evil.example, 421",
    "169.254.169.254, 421"
  })
  void otherHostsAreNotServed(String host, int status) throws Exception {
    isProblem(get("/v1/analyses", "Host: " + host + "\r\n"), status);
  }

  @Test
  void requestWithoutHostIsAProblem() throws Exception {
    isProblem(get("/v1/analyses", ""), 400);
  }

  @ParameterizedTest
  @CsvSource({
    "Origin: https://evil.example",
    "Origin: null",
    "Origin: http://localhost:1",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site"
  })
  void pagesOfOtherSitesAreRefused(String header) throws Exception {
    isProblem(post(JSON + "Host: localhost\r\n" + header + "\r\n"), 403);
    isProblem(get("/v1/analyses", "Host: localhost\r\n" + header + "\r\n"), 403);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: none, localhost",
    "Sec-Fetch-Site: same-origin, localhost",
    "Origin: http://localhost:7, localhost:7"
  })
  void ownPagesAndOtherClientsAreServed(String header, String host) throws Exception {
    try (Socket socket = open(get("/v1/analyses", "Host: " + host + "\r\n" + header + "\r\n"))) {
      assertThat(answer(socket).status()).isEqualTo(200);
    }
  }

  @Test
  void bodyWithoutAJsonTypeIsAProblem() throws Exception {
    isProblem(post("Host: localhost\r\n"), 415);
    isProblem(post("Host: localhost\r\nContent-Type: text/plain\r\n"), 415);
  }

  @ParameterizedTest
  @CsvSource({"/v1/analyses?limit=abc, 400", "/v1/nothing, 404"})
  void addressThatIsWrongIsAProblem(String path, int status) throws Exception {
    isProblem(get(path, "Host: localhost\r\n"), status);
  }

  @Test
  void longAddressIsAProblem() throws Exception {
    isProblem(get("/v1/analyses?cursor=" + "a".repeat(20_000), "Host: localhost\r\n"), 414);
  }

  @Test
  void largeBodyIsAProblem() throws Exception {
    isProblem(
        "POST /v1/analyses HTTP/1.1\r\nHost: localhost\r\n"
            + JSON
            + "Content-Length: 70000\r\n\r\n"
            + " ".repeat(70_000),
        413);
  }

  @Test
  void bodiesThatDoNotArriveHoldUpNobody() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        slow.add(
            open(
                "POST /v1/analyses HTTP/1.1\r\nHost: localhost\r\n"
                    + JSON
                    + "Content-Length: 1000\r\n\r\n{"));
      }
      assertThat(api.analyses().path("items").isArray()).isTrue();
      assertThat(answer(slow.getFirst()).status()).isEqualTo(408);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void mediaOfKilledProcessesAreDeleted() {
    assertThat(work.resolve("data/work/touchstone-job-1")).doesNotExist();
  }

  @Test
  void pagesMadeToFreezeAreGivenUp() throws Exception {
    byte[] page = ("<table>" + "<input>".repeat((8 << 20) / 7 - 10)).getBytes();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Thread.ofVirtual()::start);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    try (TouchstoneProcess other =
        TouchstoneProcess.start(
            work,
            "up",
            "--no-auth",
            "--port",
            "0",
            "--allow-private",
            "--data",
            work.resolve("frozen").toString())) {
      Api its = Api.of(other);
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        ids.add(its.analyse(Map.of("url", url + i)));
      }
      for (String id : ids) {
        JsonNode ended = its.ended(id);
        assertThat(ended.path("status").asText()).isEqualTo("failed");
        assertThat(ended.path("error").path("type").asText()).isEqualTo("platform.changed");
      }
      its.analyse(Map.of("url", url + "again"));
      long start = System.nanoTime();
      other.process().destroy();
      assertThat(other.process().waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
    } finally {
      server.stop(0);
    }
  }
}
