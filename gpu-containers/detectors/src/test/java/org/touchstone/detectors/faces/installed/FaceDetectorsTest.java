package org.touchstone.detectors.faces.installed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.retinaface.RetinaFaceDetector;
import org.touchstone.detectors.faces.yunet.YuNetDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.testing.TestFaceModel;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.PublishedYuNet;
import org.touchstone.testing.models.TestModels;

class FaceDetectorsTest {
  @TempDir Path folder;

  @Test
  void usesTheCascadeThenYuNetThenRetinaFace() {
    ModelStore store = new ModelStore(folder);
    try (OnnxModels models = new OnnxModels(store, OnnxSettings.DEFAULT)) {
      assertThat(FaceDetectors.of(store, models)).isInstanceOf(CascadeFaceDetector.class);
      assertThat(FaceDetectors.version(store)).isEmpty();

      PublishedYuNet.install(folder);
      FaceDetector yunet = FaceDetectors.of(store, models);
      assertThat(yunet).isInstanceOf(YuNetDetector.class);
      assertThat(yunet.name()).isEqualTo("yunet 2026-05");
      assertThat(yunet.findsLandmarks()).isTrue();
      Optional<String> yunetVersion = FaceDetectors.version(store);
      assertThat(yunetVersion).isPresent();

      // Its name comes after YuNet's, its network before.
      TestModels.install(
          folder,
          """
          {"name": "zoo", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
           "files": {"model.onnx": "@SHA256@"}, "role": "face-detector",
           "input": {"name": "image", "layout": "NHWC", "dtype": "uint8"}}
          """,
          new byte[] {1});
      assertThat(FaceDetectors.of(store, models)).isInstanceOf(RetinaFaceDetector.class);
      assertThat(FaceDetectors.of(store, models).name()).isEqualTo("zoo 1");
      assertThat(FaceDetectors.version(store)).isPresent().isNotEqualTo(yunetVersion);

      TestFaceModel.install(folder, models);
      assertThat(FaceDetectors.of(store, models).name()).isEqualTo("red 1");
    }
  }
}
