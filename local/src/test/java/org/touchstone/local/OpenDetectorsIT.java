package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.local.models.LoopbackHub;
import org.touchstone.testing.formula.FormulaCheckpoints;
import org.touchstone.testing.media.Photographs;
import org.touchstone.testing.media.SpokenSound;
import org.touchstone.testing.models.PublishedYuNet;
import org.touchstone.testing.models.TestModels;

/**
 * From nothing to scored verdicts, as a newcomer gets there: the recommended set is installed from
 * a hub, then a picture, a video of a face and a recording are analysed. The models have the inputs
 * and outputs of the published ones and weights by a formula, YuNet is the real file, and the hub
 * breaks transfers off and lets its signed addresses expire.
 */
class OpenDetectorsIT {
  @TempDir static Path work;

  private static LoopbackHub hub;
  private static Path catalogue;
  private static TouchstoneProcess.Run installed;

  @BeforeAll
  static void installTheRecommendedSet() throws Exception {
    hub = new LoopbackHub();
    ArrayNode models = Json.mapper().createArrayNode();
    models.add(
        entry(
            "pictures",
            "image_fp32.onnx",
            resource("image_fp32.onnx"),
            """
            {"engine": "OnnxRuntime", "family": "pictures",
             "input": {"name": "images", "layout": "NCHW", "dtype": "float32", "height": 384,
               "width": 384,
               "resize": {"shortEdge": 440, "filter": "bicubic", "library": "pillow",
                 "rounding": "half-even"},
               "crop": {"rounding": "half-even"}, "scale": 0.00392156862745098,
               "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]},
             "minShortEdge": 440,
             "output": {"name": "logits", "activation": "sigmoid", "fakeIndex": 0,
               "calibration": {"slope": 0.6352260751077209, "intercept": -0.2643220522904507},
               "threshold": 0.65},
             "thresholds": {"uncertain": 0.5, "fake": 0.65},
             "category": "generative", "tracks": ["image", "video"]}
            """));
    models.add(
        entry(
            "voices",
            "wave_fp32.onnx",
            resource("wave_fp32.onnx"),
            """
            {"engine": "OnnxRuntime", "family": "voices", "pipeline": "sound",
             "input": {"name": "wav", "layout": "samples", "dtype": "float32",
               "sampleRate": 16000, "samples": 64600, "preemphasis": 0.97, "pad": "repeat",
               "hop": 64600},
             "output": {"name": "logits", "activation": "softmax", "fakeIndex": 0},
             "thresholds": {"uncertain": 0.5, "fake": 0.9},
             "category": "voice", "tracks": ["audio"]}
            """));
    models.add(
        entry(
            "yunet",
            "face_detection_yunet.onnx",
            PublishedYuNet.model(),
            """
            {"engine": "OnnxRuntime", "role": "face-detector", "network": "yunet",
             "input": {"name": "input", "layout": "NCHW", "dtype": "float32"},
             "options": {"searchSize": 640}}
            """));
    Path checkpoint =
        FormulaCheckpoints.reduced(Files.createDirectories(work.resolve("formula")))
            .get("gend")
            .getFirst();
    ObjectNode faces = entry("faces", "gend.safetensors", Files.readAllBytes(checkpoint), null);
    models.add(faces.put("detector", "gend"));
    catalogue =
        Files.writeString(
            work.resolve("catalogue.json"),
            Json.string(Json.mapper().createObjectNode().set("models", models)));
    hub.breakTransfersAfter(100_000);
    installed = touchstone("models", "install", "--catalogue", catalogue.toString());
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void everyModelIsTestedBeforeItIsInstalled() throws Exception {
    assertThat(installed.exitCode()).as(installed.err()).isZero();
    assertThat(installed.out().lines())
        .hasSize(4)
        .allMatch(line -> line.startsWith("Installed ") && line.contains("structure only"));
    assertThat(hub.seen().stream().filter(seen -> seen.headers().containsKey("Range")))
        .isNotEmpty();

    TouchstoneProcess.Run again =
        touchstone("models", "install", "--catalogue", catalogue.toString());
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out().lines()).hasSize(4).allMatch(line -> line.startsWith("Already "));
    assertThat(touchstone("models", "verify").exitCode()).isZero();
  }

  @Test
  void mediaGetScoredVerdicts() throws Exception {
    TestMedia media = new TestMedia(work);
    Path photo = Photographs.astronaut(work);
    Path speech = SpokenSound.in(work);
    Path portrait = media.video("portrait.mp4", photo, speech);

    TouchstoneProcess.Run run =
        touchstone("analyze", "--json", photo.toString(), portrait.toString(), speech.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    List<JsonNode> results = run.out().lines().map(OpenDetectorsIT::json).toList();
    assertThat(scored(results.get(0))).containsExactlyInAnyOrder("pictures", "gend");
    assertThat(scored(results.get(1))).containsExactlyInAnyOrder("pictures", "gend", "voices");
    assertThat(scored(results.get(2))).containsExactly("voices");
    assertThat(results)
        .allSatisfy(
            result -> {
              assertThat(result.path("verdict").path("policyVersion").asText())
                  .isEqualTo("pooled-3");
              assertThat(result.path("verdict").path("level").asText())
                  .as("nobody counted the errors of these models")
                  .isIn("insufficient-evidence", "uncertain");
            });
    JsonNode faces = report(results.get(1), "gend");
    assertThat(faces.path("evidence").path("faces").path("detector").asText()).startsWith("yunet");
    assertThat(faces.path("reliability").path("looks").asInt()).isGreaterThan(1);
    assertThat(report(results.get(1), "pictures").path("evidence").path("timeline")).isNotEmpty();
  }

  @Test
  void aMirrorThatSendsAPageInstallsNothing() throws Exception {
    hub.askToSignIn();
    TouchstoneProcess.Run run =
        touchstone("models", "install", "--catalogue", catalogue.toString(), "--models", "other");
    hub.serveAgain();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("a web page instead of the file");
    assertThat(touchstone("models", "list", "--models", "other").out())
        .contains("No model is installed");
  }

  private static ObjectNode entry(String name, String file, byte[] bytes, String manifest)
      throws IOException {
    String path = hub.publish("newsroom/" + name, "abc123", file, bytes);
    ObjectNode entry =
        Json.mapper()
            .createObjectNode()
            .put("name", name)
            .put("revision", "abc123")
            .put("looksAt", "nothing")
            .put("homepage", "https://huggingface.co/newsroom/" + name)
            .put("recommended", true);
    entry.putObject("licences").put("code", "MIT").put("weights", "MIT").put("data", "none");
    entry
        .putArray("files")
        .addObject()
        .put("name", file)
        .put("url", "https://huggingface.co" + path)
        .put("sha256", TestModels.sha256(bytes))
        .put("bytes", bytes.length);
    if (manifest != null) {
      entry.set("manifest", json(manifest));
    }
    return entry;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = OpenDetectorsIT.class.getResourceAsStream("/models/" + name)) {
      return in.readAllBytes();
    }
  }

  private static List<String> scored(JsonNode result) {
    List<String> names = new ArrayList<>();
    for (JsonNode report : result.path("reports")) {
      if (report.path("status").asText().equals("scored")) {
        names.add(report.path("detector").asText());
      }
    }
    return names;
  }

  private static JsonNode report(JsonNode result, String detector) {
    return StreamSupport.stream(result.path("reports").spliterator(), false)
        .filter(report -> report.path("detector").asText().equals(detector))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static TouchstoneProcess.Run touchstone(String... arguments) throws Exception {
    return TouchstoneProcess.run(work, Map.of("HF_ENDPOINT", hub.base().toString()), arguments);
  }
}
