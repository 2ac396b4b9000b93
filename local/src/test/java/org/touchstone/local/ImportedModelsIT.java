package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.testing.formula.FormulaCheckpoints;
import org.touchstone.testing.formula.ScriptedSpeech;
import org.touchstone.testing.media.SpokenSound;

/** From checkpoint files to scores: every network of the ensemble in the real path. */
class ImportedModelsIT {
  @TempDir Path work;

  @Test
  void everyImportedNetworkScores() throws Exception {
    Map<String, List<Path>> checkpoints =
        FormulaCheckpoints.reduced(Files.createDirectories(work.resolve("checkpoints")));
    for (Map.Entry<String, List<Path>> model : checkpoints.entrySet()) {
      List<String> arguments = new ArrayList<>(List.of("models", "import", model.getKey()));
      arguments.add("--checkpoint");
      model.getValue().forEach(file -> arguments.add(file.toString()));
      TouchstoneProcess.Run run = touchstone(arguments.toArray(String[]::new));
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("Installed " + model.getKey() + " 1-");
    }
    assertThat(touchstone("models", "verify").exitCode()).isZero();

    TestMedia media = new TestMedia(work);
    TouchstoneProcess.Run run =
        touchstone(
            "analyze",
            "--json",
            media.video("video.mp4", "160x120").toString(),
            media.photo("photo.jpg", 5).toString(),
            SpokenSound.in(work).toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    ObjectReader reader = Json.mapper().reader();
    List<JsonNode> results = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      results.add(reader.readTree(line));
    }
    assertScored(results.get(0), "genconvit", "ftcn", "styleflow", "distil-dire", "ufd");
    assertScored(results.get(1), "distil-dire", "ufd");
    JsonNode transcript = report(results.get(2), "transcript");
    assertThat(transcript.path("reason").asText()).isEqualTo("not-configured");
    assertThat(transcript.at("/evidence/transcript").asText())
        .isEqualTo(ScriptedSpeech.FIRST + " " + ScriptedSpeech.SECOND);
    assertShowsPeaks(results.get(0), "genconvit", "ftcn", "styleflow");
  }

  private static void assertShowsPeaks(JsonNode result, String... detectors) {
    for (String detector : detectors) {
      JsonNode peaks = report(result, detector).path("evidence").path("faces").path("peaks");
      assertThat(peaks).as(detector).isNotEmpty();
      assertThat(peaks)
          .allSatisfy(
              peak ->
                  assertThat(peak.path("frameKey").asText())
                      .startsWith("analyses/")
                      .contains("video-" + detector + ".peak-")
                      .endsWith(".jpg"));
    }
  }

  private static JsonNode report(JsonNode result, String detector) {
    return StreamSupport.stream(result.path("reports").spliterator(), false)
        .filter(each -> each.path("detector").asText().equals(detector))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no report of " + detector + ": " + result));
  }

  private static void assertScored(JsonNode result, String... detectors) {
    for (String detector : detectors) {
      JsonNode report = report(result, detector);
      assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("scored");
      assertThat(report.path("score").asDouble()).as(detector).isBetween(0.0, 1.0);
      assertThat(report.path("modelVersion").asText()).as(detector).startsWith("1-");
    }
  }

  private TouchstoneProcess.Run touchstone(String... arguments) throws Exception {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--models";
    all[arguments.length + 1] = work.resolve("models").toString();
    return TouchstoneProcess.run(work, all);
  }
}
