package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
  void wrongFileIsRefusedByItsField() throws Exception {
    Files.writeString(voters, Files.readString(voters).replace("usdPerCall", "usdPerCal"));

    TouchstoneProcess.Run run =
        TouchstoneProcess.run(
            work, "analyze", "--allow-private", "--voters", voters.toString(), photo.toString());

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("voters[0].usdPer");
  }
}
