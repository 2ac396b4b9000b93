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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;

/** A voter of another organisation beside the detectors, on the whole local stack. */
class PartnersIT {
  @TempDir Path work;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer partner;
  private Path photo;
  private Path voters;

  @BeforeEach
  void open() throws IOException {
    photo = new TestMedia(work).photo("photo.jpg", 1);
    partner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    partner.createContext(
        "/predict",
        exchange -> {
          asked.add(
              exchange.getRequestHeaders().getFirst("X-Key")
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] answer = "{\"probability\": 0.93, \"class\": \"fake\"}".getBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    partner.start();
    voters =
        Files.writeString(
            work.resolve("voters.yaml"),
            """
            voters:
              - name: own-model
                preset: deepsafe
                provider: Example
                tracks: [image]
                address: http://127.0.0.1:%d
                secret: own
                usdPerCall: 0.01
                usdPerMonth: 1
                requests:
                  - url: "{address}/predict"
                    headers: {X-Key: "{secret}"}
                    send: base64
                    json: {"{medium.track}_data": "{medium}"}
            """
                .formatted(partner.getAddress().getPort()));
  }

  @AfterEach
  void close() {
    partner.stop(0);
  }

  private JsonNode analyse(String... options) throws Exception {
    List<String> arguments = new java.util.ArrayList<>(List.of("analyze", "--json"));
    arguments.addAll(List.of(options));
    arguments.add(photo.toString());
    TouchstoneProcess.Run run =
        TouchstoneProcess.run(
            work, Map.of("TOUCHSTONE_VOTER_OWN", "the-secret"), arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out() + run.err()).doesNotContain("the-secret");
    return Json.mapper().readTree(run.out());
  }

  private static JsonNode report(JsonNode result, String detector) {
    return StreamSupport.stream(result.path("reports").spliterator(), false)
        .filter(report -> report.path("detector").asText().equals(detector))
        .findFirst()
        .orElse(Json.mapper().createObjectNode());
  }

  @Test
  void votesBesideTheDetectors() throws Exception {
    JsonNode result = analyse("--allow-private", "--voters", voters.toString(), "--data", "data");

    JsonNode report = report(result, "own-model");
    assertThat(report.path("score").asDouble()).as(result.toPrettyString()).isEqualTo(0.93);
    assertThat(report.path("reliability").path("family").asText()).isEqualTo("Example");
    assertThat(report.path("evidence").path("findings").path(0).path("value").asText())
        .contains(" to 127.0.0.1: the file (image/jpeg, ");
    assertThat(result.path("verdict").toString()).contains("own-model");
    assertThat(report(result, "ufd").path("reason").asText()).isEqualTo("not-installed");
    assertThat(asked)
        .containsExactly(
            "the-secret {\"image_data\":\""
                + Base64.getEncoder().encodeToString(Files.readAllBytes(photo))
                + "\"}");

    JsonNode again = analyse("--allow-private", "--voters", voters.toString(), "--data", "data");
    assertThat(report(again, "own-model").path("score").asDouble()).isEqualTo(0.93);
    assertThat(asked).as("the same bytes are sent once").hasSize(1);
  }

  @Test
  void nothingIsSentWhereItIsForbiddenOrNotSwitchedOn() throws Exception {
    JsonNode forbidden =
        analyse("--allow-private", "--voters", voters.toString(), "--no-third-parties");
    JsonNode without = analyse("--allow-private");

    assertThat(report(forbidden, "own-model")).isEmpty();
    assertThat(report(without, "own-model")).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void voterCallsBackUnderThePublicNameAndNothingElseIsServedThere() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    partner.createContext(
        "/later",
        exchange -> {
          told.add(
              Json.mapper().readTree(exchange.getRequestBody().readAllBytes()).path("to").asText());
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    Files.writeString(
        voters,
        """
        voters:
          - name: later
            provider: Example
            tracks: [image]
            address: http://127.0.0.1:%d
            seconds: 600
            requests:
              - url: "{address}/later"
                send: presigned
                json: {file: "{medium}", to: "{callbackUrl}"}
            callback: {}
            answer: $
        """
            .formatted(partner.getAddress().getPort()));
    String[] start = {
      "up",
      "--no-auth",
      "--port",
      "0",
      "--allow-private",
      "--voters",
      voters.toString(),
      "--data",
      "called-back"
    };
    TouchstoneProcess.Run refused = TouchstoneProcess.run(work, start);
    assertThat(refused.exitCode()).isEqualTo(4);
    assertThat(refused.err()).contains("The voter later calls back", "--public-url");

    List<String> reachable = new java.util.ArrayList<>(List.of(start));
    reachable.addAll(List.of("--public-url", "https://tunnel.example.org/"));
    try (TouchstoneProcess up = TouchstoneProcess.start(work, reachable.toArray(String[]::new))) {
      Api api = Api.of(up);
      String id = api.analyse(Map.of("uploadId", api.upload(photo)));
      String url = told.poll(60, TimeUnit.SECONDS);
      assertThat(url).startsWith("https://tunnel.example.org/v1/callbacks/");
      String path = url.substring("https://tunnel.example.org".length());
      String score = "{\"score\": 0.77}";

      assertThat(status(api, "tunnel.example.org", "/v1/uploads", "{\"bytes\": 10}"))
          .isEqualTo(421);
      for (String detour : List.of("/../uploads", "/%2e%2e/uploads", "/x/../../uploads")) {
        assertThat(status(api, "tunnel.example.org", "/v1/callbacks" + detour, "{\"bytes\": 10}"))
            .as(detour)
            .isEqualTo(421);
      }
      assertThat(status(api, "other.example.org", path, score)).isEqualTo(421);
      assertThat(status(api, "tunnel.example.org", path + "x", score)).isEqualTo(404);
      assertThat(status(api, "tunnel.example.org", path, score)).isEqualTo(202);

      JsonNode ended = api.ended(id);
      assertThat(report(ended, "later").path("score").asDouble()).isEqualTo(0.77);
      assertThat(status(api, "tunnel.example.org", path, score)).isEqualTo(202);
      assertThat(status(api, "tunnel.example.org", path, "{\"score\": 0.1}")).isEqualTo(409);
    }
  }

  /** The status of a request as a tunnel passes it on, with the name it was sent to. */
  private static int status(Api api, String host, String path, String body) throws IOException {
    URI address = URI.create(api.address("api"));
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(path, host, body.length(), body)
                  .getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.split(" ")[1]);
    }
  }

  @Test
  void wrongFileIsRefusedByItsField() throws Exception {
    Files.writeString(voters, Files.readString(voters).replace("usdPerCall", "usdPerCal"));

    TouchstoneProcess.Run run =
        TouchstoneProcess.run(
            work, "analyze", "--allow-private", "--voters", voters.toString(), photo.toString());

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("voters[0].usdPer");
  }
}
