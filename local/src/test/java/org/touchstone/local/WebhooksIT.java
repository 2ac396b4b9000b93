package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;

/** Events of the stack of one machine, posted to a server on it. */
class WebhooksIT {
  private static final int PATIENCE_SECONDS = 120;

  /** A message: its id and body. */
  private record Told(String id, String body) {}

  @TempDir Path work;

  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final AtomicInteger status = new AtomicInteger(204);

  @Test
  void tellsOfAFailedAnalysisAndGoesOnAfterARestart() throws Exception {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(status.get(), -1);
            told.add(new Told(exchange.getRequestHeaders().getFirst("webhook-id"), body));
          }
        });
    receiver.start();
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
    Told first;
    try {
      String webhook;
      try (TouchstoneProcess up = up()) {
        String api = Api.of(up).address("api");
        webhook =
            post(api + "/v1/webhooks", "{\"url\": \"%s\"}".formatted(url)).path("id").asText();
        post(api + "/v1/webhooks/" + webhook + "/test", "{}");
        assertThat(next().body()).contains("webhook.test", webhook);

        status.set(500);
        post(api + "/v1/analyses", "{\"url\": \"%snothing.png\"}".formatted(url));
        first = next();
        // The resolver asks the same server for the picture.
        while (first.id() == null) {
          first = next();
        }
        assertThat(first.body()).contains("analysis.failed", api + "/v1/analyses/");
      }

      status.set(204);
      try (TouchstoneProcess up = up()) {
        Told again = next();
        while (again.id() == null) {
          again = next();
        }
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.body()).isEqualTo(first.body());
      }
    } finally {
      receiver.stop(0);
    }
  }

  private Told next() throws InterruptedException {
    Told message = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(message).as("a message in time").isNotNull();
    return message;
  }

  private TouchstoneProcess up() throws IOException {
    return TouchstoneProcess.start(
        work,
        "up",
        "--port",
        "0",
        "--no-auth",
        "--allow-private",
        "--data",
        work.resolve("data").toString());
  }

  private static JsonNode post(String address, String body) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return Json.mapper().readTree(answer.body());
  }
}
