package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.testing.models.TestModels;

/** The lanes of one machine: the function of the lane of CPUs, and the worker of the other. */
class LanesIT {
  private static final String MODEL = "brightness";
  private static final int SIDE = 32;

  @TempDir static Path work;

  @Test
  void aPhotoGoesToTheLaneOfCpusAndALongVideoToTheOther() throws Exception {
    TestMedia media = new TestMedia(work);
    TestModels.install(
        work.resolve("models"),
        TestModels.manifest(MODEL, "1", SIDE),
        TestModels.means(SIDE, new float[][] {{4, 0, 0}}, new float[] {-2}));
    try (TouchstoneProcess up =
        TouchstoneProcess.start(
            work,
            "up",
            "--port",
            "0",
            "--data",
            "lanes",
            "--models",
            "models",
            "--cpu-seconds",
            "1")) {
      Api api = Api.of(up);
      assertThat(api.addresses().path("queues").properties())
          .extracting(Map.Entry::getKey)
          .contains("cpu-image", "cpu-video", "cpu-audio", "image", "video", "audio");
      String photo = api.analyse(Map.of("uploadId", api.upload(media.photo("lane.jpg", 21))));
      String video = api.analyse(Map.of("uploadId", api.upload(media.silentVideo("lane.mp4"))));

      JsonNode onCpus = report(api.ended(photo));
      assertThat(onCpus.path("endpoint").asText()).isEqualTo("cpu-image");
      assertThat(onCpus.path("lane").asText()).isEqualTo("cpu");
      assertThat(onCpus.path("score").isNumber()).isTrue();
      JsonNode onTheOther = report(api.ended(video));
      assertThat(onTheOther.path("endpoint").asText()).isEqualTo("video");
      assertThat(onTheOther.path("lane").asText()).isEqualTo("gpu");
      assertThat(onTheOther.path("score").isNumber()).isTrue();
    }
  }

  private static JsonNode report(JsonNode analysis) {
    List<JsonNode> reports =
        StreamSupport.stream(analysis.path("reports").spliterator(), false)
            .filter(report -> MODEL.equals(report.path("detector").asText()))
            .toList();
    assertThat(reports).as(analysis.toPrettyString()).hasSize(1);
    return reports.getFirst();
  }
}
