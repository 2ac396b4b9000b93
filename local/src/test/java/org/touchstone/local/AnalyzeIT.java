package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;

/** {@code touchstone analyze}, as a user runs it. */
class AnalyzeIT {
  @TempDir static Path work;

  private static TestMedia media;

  @BeforeAll
  static void makeMedia() {
    media = new TestMedia(work);
  }

  @Test
  void printsAVerdictOnAnImageAVideoAndASound() throws Exception {
    TouchstoneProcess.Run run =
        TouchstoneProcess.run(
            work,
            "analyze",
            "--json",
            media.photo("photo.jpg", 1).toString(),
            media.video("video.mp4").toString(),
            media.audio("sound.mp3").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<JsonNode> results = documents(run.out());
    assertThat(results).hasSize(3);
    assertThat(results)
        .extracting(r -> r.path("media").path(0).path("modality").asText())
        .containsExactly("image", "video", "audio");
    assertThat(results)
        .allSatisfy(
            r -> {
              assertThat(r.path("status").asText()).isEqualTo("complete");
              assertThat(r.path("verdict").path("level").asText())
                  .isEqualTo("insufficient-evidence");
              assertThat(r.path("timings").path("total").asLong()).isPositive();
            });
    assertThat(detectors(results.get(0))).containsExactly("metadata", "distil-dire", "ufd");
    assertThat(detectors(results.get(1)))
        .containsExactly(
            "metadata",
            "genconvit",
            "ftcn",
            "styleflow",
            "distil-dire",
            "ufd",
            "lip-sync",
            "metadata",
            "transcript");
    assertThat(detectors(results.get(2))).containsExactly("metadata", "transcript");
  }

  @Test
  void generatorsOwnTracesMakeAPictureUncertainBecauseTheyCanBeForged() throws Exception {
    TouchstoneProcess.Run run =
        TouchstoneProcess.run(work, "analyze", media.generated("generated.png").toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("could be authentic or manipulated (uncertain)")
        .contains(
            "The file says of itself that Stable Diffusion web UI made or changed it; this can be"
                + " forged.")
        .contains("abstained: its model is not installed");
  }

  @Test
  void highestExitCodeOfSeveralInputsCounts() throws Exception {
    Path empty = Files.createFile(work.resolve("empty.jpg"));
    TouchstoneProcess.Run run =
        TouchstoneProcess.run(
            work,
            "analyze",
            "--json",
            empty.toString(),
            work.resolve("missing.jpg").toString(),
            media.photo("good.jpg", 2).toString(),
            "http://127.0.0.1:1/a.jpg");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(documents(run.out()))
        .extracting(r -> r.path("error").path("type").asText())
        .containsExactly("media.empty", "upload.not-found", "", "link.blocked");
  }

  @Test
  void followsALinkOnThisMachineWhenAllowedTo() throws Exception {
    byte[] photo = Files.readAllBytes(media.photo("linked.jpg", 3));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/photo",
        exchange -> {
          exchange.sendResponseHeaders(200, photo.length);
          exchange.getResponseBody().write(photo);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/photo";
      TouchstoneProcess.Run run =
          TouchstoneProcess.run(work, "analyze", "--json", "--allow-private", url);

      assertThat(run.exitCode()).as(run.err()).isZero();
      JsonNode source = documents(run.out()).getFirst().path("media").path(0).path("source");
      assertThat(source.path("platform").asText()).isEqualTo("web");
      assertThat(source.path("postUrl").asText()).isEqualTo(url);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void findsThePictureOfAWebPage() throws Exception {
    byte[] photo = Files.readAllBytes(media.photo("article.jpg", 5));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    byte[] page =
        "<!DOCTYPE html><html><head><meta property='og:image' content='%s/article.jpg'></head></html>"
            .formatted(base)
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          boolean isPage = exchange.getRequestURI().getPath().equals("/article");
          byte[] body = isPage ? page : photo;
          exchange
              .getResponseHeaders()
              .add("Content-Type", isPage ? "text/html" : "application/octet-stream");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      TouchstoneProcess.Run run =
          TouchstoneProcess.run(work, "analyze", "--json", "--allow-private", base + "/article");

      assertThat(run.exitCode()).as(run.err()).isZero();
      JsonNode item = documents(run.out()).getFirst().path("media").path(0);
      assertThat(item.path("bytes").asInt()).isEqualTo(photo.length);
      assertThat(item.path("source").path("postUrl").asText()).isEqualTo(base + "/article");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void theSameBytesGiveTheSameReports() throws Exception {
    media.photo("again.jpg", 4);
    String[] command = {"analyze", "--json", "--data", "data", "again.jpg"};

    JsonNode first = documents(TouchstoneProcess.run(work, command).out()).getFirst();
    JsonNode second = documents(TouchstoneProcess.run(work, command).out()).getFirst();

    assertThat(second.path("analysisId")).isNotEqualTo(first.path("analysisId"));
    assertThat(second.path("verdict").path("level")).isEqualTo(first.path("verdict").path("level"));
    assertThat(withoutTimings(second)).isNotEmpty().isEqualTo(withoutTimings(first));
  }

  private static List<JsonNode> withoutTimings(JsonNode result) {
    List<JsonNode> reports = new ArrayList<>();
    result
        .path("reports")
        .forEach(r -> reports.add(((ObjectNode) r.deepCopy()).without("timings")));
    return reports;
  }

  @Test
  void wrongUsageIsExplained() throws Exception {
    assertThat(TouchstoneProcess.run(work, "analyze").exitCode()).isEqualTo(2);
    assertThat(TouchstoneProcess.run(work, "analyse").exitCode()).isEqualTo(2);
    assertThat(TouchstoneProcess.run(work, "up", "--workers", "-1").exitCode()).isEqualTo(2);
    assertThat(TouchstoneProcess.run(work, "up", "--port", "99999").exitCode()).isEqualTo(2);
    TouchstoneProcess.Run timeout = TouchstoneProcess.run(work, "analyze", "--timeout", "0", "a");
    assertThat(timeout.exitCode()).isEqualTo(2);
    assertThat(timeout.err()).contains("--timeout");
  }

  @Test
  void helpNamesTheCommandsAndTheExitCodes() throws Exception {
    TouchstoneProcess.Run run = TouchstoneProcess.run(work, "--help");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("analyze", "up", "cannot be resolved");
    assertThat(TouchstoneProcess.run(work, "--version").out()).matches("touchstone \\d.*\\R");
  }

  @Test
  void filesInTheCurrentFolderDoNotOpenTheApiToOtherMachines() throws Exception {
    Path folder = Files.createDirectories(work.resolve("elsewhere").resolve("config"));
    Files.writeString(folder.resolve("application.properties"), "quarkus.http.host=0.0.0.0\n");
    try (TouchstoneProcess up =
        TouchstoneProcess.start(folder.getParent(), "up", "--port", "0", "--data", "data")) {
      int port = URI.create(Api.of(up).address("api")).getPort();
      InetAddress own = InetAddress.getLocalHost();
      if (!own.isLoopbackAddress()) {
        assertThatThrownBy(() -> new Socket(own, port).close()).isInstanceOf(IOException.class);
      }
      new Socket(InetAddress.getLoopbackAddress(), port).close();
    }
  }

  @Test
  void policyFileThatIsNotOneIsRefused() throws Exception {
    Path policy = Files.writeString(work.resolve("policy.json"), "{\"rule\":\"pooled\"}");
    TouchstoneProcess.Run run =
        TouchstoneProcess.run(work, "analyze", "--policy", policy.toString(), "a.jpg");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("The policy file is not valid").contains("version");
  }

  @Test
  void fileOfPlatformKeysThatIsNotOneIsRefused() throws Exception {
    Path keys = Files.writeString(work.resolve("keys.json"), "{\"x\":\"hunter2\"}");
    TouchstoneProcess.Run run =
        TouchstoneProcess.run(work, "analyze", "--platform-keys", keys.toString(), "a.jpg");

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("the secret x is not a JSON object").doesNotContain("hunter2");
  }

  private static List<JsonNode> documents(String out) {
    return out.lines()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class))
        .toList();
  }

  private static List<String> detectors(JsonNode result) {
    return result.path("reports").findValuesAsText("detector");
  }
}
