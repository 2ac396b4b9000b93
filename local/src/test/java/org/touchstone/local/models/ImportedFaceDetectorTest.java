package org.touchstone.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.ImportProgress;
import org.touchstone.checkpoints.ImportRequest;
import org.touchstone.checkpoints.ModelImporter;
import org.touchstone.checkpoints.Precision;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.retinaface.RetinaFaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.formula.GoldenFile;

/** The imported network and what the host makes of its answers, together. */
class ImportedFaceDetectorTest {
  private static final double PIXELS = 1e-4;

  @TempDir Path folder;

  @Test
  void findsTheFacesThatThePublishedCodeFinds() throws Exception {
    JsonNode golden = GoldenFile.read("retinaface");
    Path checkpoint =
        CheckpointWriter.zip(folder.resolve("a.pth"), "", FormulaTensor.of(golden.path("keys")));
    Path root = folder.resolve("models");
    new ModelImporter(root)
        .importModel(
            new ImportRequest("retinaface", List.of(checkpoint), Precision.FP32),
            ImportProgress.NONE);
    ModelStore store = new ModelStore(root);
    InstalledModel model = store.find("retinaface").orElseThrow();
    try (OnnxModels models = new OnnxModels(store, OnnxSettings.DEFAULT)) {
      for (JsonNode each : golden.path("cases")) {
        JsonNode expected = each.path("detections");
        double threshold = expected.path("confidence_threshold").asDouble();
        RetinaFaceDetector detector =
            new RetinaFaceDetector(model, models, new RetinaFaceDetector.Settings(threshold, 4096));

        List<Face> faces = detector.detect(image(each.path("input")));

        assertThat(faces).hasSize(expected.path("count").asInt());
        for (int i = 0; i < faces.size(); i++) {
          assertFace(faces.get(i), expected.path("rows").get(i));
        }
      }
    }
  }

  private static void assertFace(Face face, JsonNode row) {
    assertThat(face.confidence()).isCloseTo(row.get(1).asDouble(), within(1e-5));
    JsonNode corners = row.get(2);
    FaceBox box = face.exactBox();
    assertThat(box.left()).isCloseTo(corners.get(0).asDouble(), within(PIXELS));
    assertThat(box.top()).isCloseTo(corners.get(1).asDouble(), within(PIXELS));
    assertThat(box.right()).isCloseTo(corners.get(2).asDouble(), within(PIXELS));
    assertThat(box.bottom()).isCloseTo(corners.get(3).asDouble(), within(PIXELS));
    for (int p = 0; p < Face.LANDMARKS; p++) {
      assertThat(face.landmarks().get(p).x())
          .isCloseTo(row.get(3).get(2 * p).asDouble(), within(PIXELS));
      assertThat(face.landmarks().get(p).y())
          .isCloseTo(row.get(3).get(2 * p + 1).asDouble(), within(PIXELS));
    }
  }

  private static RgbImage image(JsonNode input) {
    int height = input.at("/shape/1").asInt();
    int width = input.at("/shape/2").asInt();
    byte[] pixels =
        Formula.input(
            input.path("name").asText(),
            input.path("kind").asText(),
            new long[] {1, height, width, 3});
    return new RgbImage(width, height, pixels);
  }
}
