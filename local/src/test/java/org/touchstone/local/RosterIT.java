package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.testing.models.TestModels;

/**
 * Where detectors run under {@code touchstone up}, with one model that runs anywhere and one that
 * needs a GPU, and what is said of those that run nowhere.
 */
class RosterIT {
  private static final int SIDE = 8;
  private static final int CPU_SECONDS = 4;

  @TempDir static Path work;

  private static TestMedia media;
  private static Path models;

  @BeforeAll
  static void installModels() {
    media = new TestMedia(work);
    models = work.resolve("models");
    byte[] means = TestModels.means(SIDE, new float[][] {{1, 1, 1}}, new float[] {-1});
    String small = TestModels.manifest("small", "1", SIDE);
    TestModels.install(models, small, means);
    TestModels.install(
        models,
        small.replace("\"small\"", "\"large\"").replaceFirst("\\{", "{\"compute\": \"gpu\","),
        means);
  }

  private static TouchstoneProcess up(String data, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "up",
                "--no-auth",
                "--port",
                "0",
                "--data",
                work.resolve(data).toString(),
                "--models",
                models.toString()));
    arguments.addAll(List.of(more));
    return TouchstoneProcess.start(work, arguments.toArray(new String[0]));
  }

  private static JsonNode report(JsonNode analysis, String detector, String track) {
    for (JsonNode report : analysis.path("reports")) {
      if (report.path("detector").asText().equals(detector)
          && report.path("track").asText().equals(track)) {
        return report;
      }
    }
    throw new AssertionError("no report of " + detector + ": " + analysis);
  }

  private static void assertScored(
      JsonNode analysis, String detector, String track, String endpoint, String lane) {
    JsonNode report = report(analysis, detector, track);
    assertThat(report.path("status").asText()).as(report.toString()).isEqualTo("scored");
    assertThat(report.path("endpoint").asText()).isEqualTo(endpoint);
    assertThat(report.path("lane").asText()).isEqualTo(lane);
  }

  @Test
  void photoRunsInTheLaneOfCpusAndWhatIsLongOrLargeInTheOther() throws Exception {
    try (TouchstoneProcess up = up("lanes", "--cpu-seconds", String.valueOf(CPU_SECONDS))) {
      Api api = Api.of(up);
      String photo = api.analyse(Map.of("uploadId", api.upload(media.photo("a.jpg", 21))));
      String brief =
          api.analyse(Map.of("uploadId", api.upload(media.silentVideo("b.mp4", CPU_SECONDS / 2))));
      String lengthy =
          api.analyse(Map.of("uploadId", api.upload(media.silentVideo("c.mp4", CPU_SECONDS * 2))));

      JsonNode ofPhoto = api.ended(photo);
      assertScored(ofPhoto, "small", "image", "cpu-image", "cpu");
      assertScored(ofPhoto, "large", "image", "image", "gpu");
      assertScored(api.ended(brief), "small", "video", "cpu-video", "cpu");
      assertScored(api.ended(lengthy), "small", "video", "video", "gpu");
      JsonNode absent = report(ofPhoto, "ufd", "image");
      assertThat(absent.path("endpoint").asText()).isEqualTo("resolve");
      assertThat(absent.path("reason").asText()).isEqualTo("not-installed");
      assertThat(absent.path("detail").asText()).contains("./touchstone models install");
      assertThat(absent.has("lane")).isFalse();
    }
  }

  @Test
  void mediumOfATrackWithoutAModelIsJudgedAtOnce() throws Exception {
    try (TouchstoneProcess up = up("nothing")) {
      Api api = Api.of(up);
      JsonNode sound = api.ended(api.analyse(Map.of("uploadId", api.upload(media.audio("d.wav")))));

      assertThat(sound.path("status").asText()).isEqualTo("complete");
      assertThat(sound.path("reports").findValuesAsText("endpoint")).containsOnly("resolve");
      assertThat(report(sound, "transcript", "audio").path("reason").asText())
          .isEqualTo("not-installed");
      assertThat(report(sound, "metadata", "audio").path("status").asText()).isNotEmpty();
    }
  }
}
