package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Json;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code touchstone up} on the folders that an earlier version left when it was killed. */
class EarlierFoldersIT {
  /** A score that the stand-in models never give; a report with it comes from the cache. */
  private static final double PLANTED = 0.0625;

  private static final List<String> VIDEO_DETECTORS =
      List.of(
          "distil-dire",
          "ftcn",
          "genconvit",
          "newsroom-clips",
          "newsroom-faces",
          "styleflow",
          "ufd");

  @TempDir static Path work;

  private static EarlierFolders earlier;
  private static HttpServer linkedHost;
  private static TouchstoneProcess up;
  private static Api api;

  @BeforeAll
  static void startOnTheFolders() throws Exception {
    earlier = EarlierFolders.unpack(work.resolve("earlier"));
    byte[] photo = Files.readAllBytes(new TestMedia(work).photo("linked.jpg", 21));
    linkedHost = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    linkedHost.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, photo.length);
            exchange.getResponseBody().write(photo);
          }
        });
    linkedHost.start();
    earlier.moveLinkedHost(linkedHost.getAddress().getPort());
    up =
        TouchstoneProcess.start(
            work,
            "up",
            "--no-auth",
            "--port",
            "0",
            "--allow-private",
            "--data",
            earlier.data().toString(),
            "--models",
            earlier.models().toString());
    api = Api.of(up);
  }

  @AfterAll
  static void stop() {
    if (up != null) {
      up.close();
    }
    if (linkedHost != null) {
      linkedHost.stop(0);
    }
  }

  @Test
  void finishedAnalysesAreListed() throws Exception {
    Map<String, JsonNode> now = new HashMap<>();
    api.analyses().path("items").forEach(item -> now.put(item.path("id").asText(), item));

    for (JsonNode id : earlier.answer("ids").path("finished")) {
      // Lists did not name the platform then.
      JsonNode listed = ((ObjectNode) now.get(id.asText())).without("platform");
      assertThat(listed).isEqualTo(listedEarlier(id.asText()));
    }
  }

  private static JsonNode listedEarlier(String id) throws Exception {
    return StreamSupport.stream(earlier.answer("list").path("items").spliterator(), false)
        .filter(item -> item.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generated",
        "clip",
        "sound",
        "photo",
        "linked",
        "forced",
        "failed-text",
        "failed-link"
      })
  void finishedAnalysisIsShownAsBefore(String name) throws Exception {
    JsonNode before = earlier.answer("finished-" + name);
    // Answers of that version still showed where objects are stored.
    before.path("media").forEach(medium -> ((ObjectNode) medium).remove("s3"));
    JsonNode now = api.analysis(earlier.id("finished", name));

    assertThat(before.size()).isGreaterThan(4);
    for (Map.Entry<String, JsonNode> field : before.properties()) {
      assertThat(now.path(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
    }
  }

  @Test
  void evidenceOfFinishedAnalysesIsStillThere() throws Exception {
    try (S3Client s3 = api.s3()) {
      for (String name : List.of("clip", "photo")) {
        List<JsonNode> keys = new ArrayList<>();
        JsonNode analysis = api.analysis(earlier.id("finished", name));
        analysis.findValues("heatmapKey").forEach(keys::add);
        analysis.findValues("frameKey").forEach(keys::add);
        assertThat(keys).as(name).isNotEmpty();
        for (JsonNode key : keys) {
          assertThat(
                  s3.getObjectAsBytes(r -> r.bucket(api.address("bucket")).key(key.asText()))
                      .asByteArray())
              .as(key.asText())
              .isNotEmpty();
        }
      }
    }
  }

  @Test
  void pictureThatWasWaitingForItsDetectorsGetsItsVerdict() throws Exception {
    JsonNode ended = api.ended(earlier.id("running", "generated"));

    assertThat(ended.path("status").asText()).isEqualTo("complete");
    assertThat(ended.path("verdict").path("level").asText()).isEqualTo("uncertain");
    assertScored(ended, "metadata", "distil-dire", "newsroom-faces", "ufd");
  }

  @Test
  void videoThatWasWaitingForItsDetectorsIsScoredByEveryInstalledModel() throws Exception {
    JsonNode ended = api.ended(earlier.id("running", "clip"));

    assertThat(ended.path("status").asText()).isEqualTo("complete");
    assertThat(ended.path("verdict").path("level").asText()).isEqualTo("uncertain");
    assertScored(ended, VIDEO_DETECTORS.toArray(String[]::new));
    JsonNode before = earlier.answer("finished-clip");
    for (String detector : VIDEO_DETECTORS) {
      // The same pictures with another sound: the scores and the versions are those of before.
      JsonNode report = report(ended, detector);
      assertThat(report.path("modelVersion"))
          .isEqualTo(report(before, detector).path("modelVersion"));
      assertThat(report.path("score").asDouble())
          .as(detector)
          .isCloseTo(report(before, detector).path("score").asDouble(), within(1e-3));
    }
  }

  @Test
  void analysisThatWasFetchingItsMediumFetchesItAgain() throws Exception {
    JsonNode ended = api.ended(earlier.id("running", "resolving"));

    assertThat(ended.path("status").asText()).isEqualTo("complete");
    assertScored(ended, "distil-dire", "ufd");
  }

  @Test
  void uploadThatWasNotUsedCanBeAnalysed() throws Exception {
    String upload = earlier.answer("ids").path("unused-upload").asText();
    JsonNode ended = api.ended(api.analyse(Map.of("uploadId", upload)));

    assertThat(ended.path("status").asText()).isEqualTo("complete");
    assertScored(ended, "distil-dire", "ufd");
  }

  @Test
  void requestThatWasSentBeforeIsTheSameAnalysis() throws Exception {
    String url = earlier.answer("finished-linked").path("input").path("url").asText();

    assertThat(api.analyse(Map.of("url", url), "sent-before"))
        .isEqualTo(earlier.id("finished", "linked"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip", "photo"})
  void mediumThatWasAnalysedBeforeIsNotDetectedAgain(String name) throws Exception {
    int planted = plant(earlier.answer("finished-" + name).at("/media/0/sha256").asText());
    JsonNode before = earlier.answer("finished-" + name);

    JsonNode ended = api.ended(api.analyse(Map.of("uploadId", api.upload(earlier.medium(name)))));

    assertThat(planted).isGreaterThan(2).isEqualTo(scored(before).size());
    assertThat(ended.path("status").asText()).isEqualTo("complete");
    assertThat(scored(ended).keySet()).isEqualTo(scored(before).keySet());
    assertThat(scored(ended).values()).containsOnly(PLANTED);
  }

  /** Changes the score of each cached report of a medium; returns how many there are. */
  private static int plant(String sha256) throws Exception {
    int planted = 0;
    String bucket = api.address("bucket");
    try (S3Client s3 = api.s3()) {
      for (var object :
          s3.listObjectsV2(r -> r.bucket(bucket).prefix("reports/" + sha256 + "/")).contents()) {
        if (object.key().endsWith(".json")) {
          byte[] json = s3.getObjectAsBytes(r -> r.bucket(bucket).key(object.key())).asByteArray();
          if (Json.mapper().readTree(json) instanceof ObjectNode report && report.has("score")) {
            report.put("score", PLANTED);
            s3.putObject(
                r -> r.bucket(bucket).key(object.key()).contentType("application/json"),
                RequestBody.fromBytes(Json.bytes(report)));
            planted++;
          }
        }
      }
    }
    return planted;
  }

  private static Map<String, Double> scored(JsonNode analysis) {
    Map<String, Double> scores = new HashMap<>();
    for (JsonNode report : analysis.path("reports")) {
      if (report.path("status").asText().equals("scored")) {
        scores.put(report.path("detector").asText(), report.path("score").asDouble());
      }
    }
    return scores;
  }

  @Test
  void installedModelsAreListedAndWhole() throws Exception {
    TouchstoneProcess.Run list = models("list", "--json");
    assertThat(list.exitCode()).as(list.err()).isZero();
    assertThat(described(Json.mapper().readTree(list.out())))
        .hasSize(9)
        .isEqualTo(described(earlier.answer("models")));
    assertThat(models("verify").exitCode()).isZero();
  }

  @Test
  void everyKindOfManifestIsInstalled() throws Exception {
    TreeSet<String> kinds = new TreeSet<>();
    try (Stream<Path> files = Files.walk(earlier.models())) {
      for (Path file : files.filter(f -> f.endsWith("model.json")).toList()) {
        JsonNode manifest = Json.mapper().readTree(file.toFile());
        kinds.add(
            manifest.path("role").asText("detector")
                + " "
                + manifest.path("pipeline").asText("frames")
                + " "
                + manifest.path("input").path("layout").asText().toLowerCase(Locale.ROOT));
      }
    }
    assertThat(kinds)
        .containsExactly(
            "detector aligned-clips nthwc",
            "detector clip-vit nhwc",
            "detector frames nhwc",
            "detector frames nthwc",
            "detector genconvit nhwc",
            "face-detector frames nhwc");
  }

  private static TouchstoneProcess.Run models(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("models"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--models", earlier.models().toString()));
    return TouchstoneProcess.run(work, all.toArray(String[]::new));
  }

  private static List<String> described(JsonNode models) {
    List<String> all = new ArrayList<>();
    for (JsonNode model : models) {
      all.add(
          String.join(
              " | ",
              List.of(
                  model.path("name").asText(),
                  model.path("version").asText(),
                  model.path("licence").asText(),
                  model.path("bytes").asText(),
                  model.path("complete").asText())));
    }
    return all;
  }

  private static void assertScored(JsonNode analysis, String... detectors) {
    for (String detector : detectors) {
      JsonNode report = report(analysis, detector);
      assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("scored");
    }
  }

  private static JsonNode report(JsonNode analysis, String detector) {
    return StreamSupport.stream(analysis.path("reports").spliterator(), false)
        .filter(each -> each.path("detector").asText().equals(detector))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no report of " + detector + ": " + analysis));
  }
}
