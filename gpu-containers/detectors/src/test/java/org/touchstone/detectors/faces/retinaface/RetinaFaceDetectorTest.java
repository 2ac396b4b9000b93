package org.touchstone.detectors.faces.retinaface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestFaceModel;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class RetinaFaceDetectorTest {
  @TempDir Path folder;
  private OnnxModels models;

  @BeforeEach
  void open() {
    models = new OnnxModels(new ModelStore(folder), OnnxSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void findsFacesWithTheirLandmarks() {
    FaceDetector detector = TestFaceModel.install(folder, models);
    RgbImage image = TestFaceModel.picture(640, 320, new int[][] {{10, 10}}, 255, 0);

    List<Face> faces = detector.detect(image);

    assertThat(faces).hasSize(1);
    Face face = faces.getFirst();
    // The middle of the cell is at (168, 168).
    assertThat(face.exactBox()).isEqualTo(new FaceBox(104, 104, 232, 232));
    assertThat(face.box().width()).isEqualTo(128);
    assertThat(face.confidence()).isCloseTo(1, within(1e-6));
    assertThat(face.landmarks()).hasSize(Face.LANDMARKS);
    Point mouth = face.landmarks().get(4);
    assertThat(mouth.x()).isCloseTo(168 + 22, within(1e-4));
    assertThat(mouth.y()).isCloseTo(168 + 30, within(1e-4));
    assertThat(detector.name()).isEqualTo("red 1");
    assertThat(detector.findsLandmarks()).isTrue();
  }

  @Test
  void putsTheSurestFirstAndLeavesOutTheUnsure() {
    FaceDetector detector = TestFaceModel.install(folder, models);
    RgbImage sure = TestFaceModel.picture(960, 320, new int[][] {{10, 10}}, 210, 0);
    RgbImage surer = TestFaceModel.picture(960, 320, new int[][] {{30, 10}}, 250, 0);
    RgbImage unsure = TestFaceModel.picture(960, 320, new int[][] {{50, 10}}, 180, 0);
    RgbImage all = brightest(sure, surer, unsure);

    List<Face> faces = detector.detect(all);

    assertThat(faces).extracting(face -> face.box().x()).containsExactly(424, 104);
  }

  @Test
  void findsInPicturesOfSeveralSizesWhatItFindsInEach() {
    FaceDetector detector = TestFaceModel.install(folder, models);
    RgbImage wide = TestFaceModel.picture(640, 320, new int[][] {{10, 10}}, 255, 0);
    RgbImage odd = TestFaceModel.picture(331, 287, new int[][] {{9, 8}}, 255, 0);
    RgbImage none = TestMedia.plain(640, 320, 0, 200, 200);
    List<RgbImage> images = List.of(wide, none, wide, wide, wide, wide, odd, wide, odd);

    List<List<Face>> all = detector.detectAll(images);

    assertThat(all).hasSameSizeAs(images);
    for (int i = 0; i < images.size(); i++) {
      assertThat(all.get(i)).isEqualTo(detector.detect(images.get(i)));
    }
    assertThat(all.get(1)).isEmpty();
  }

  @Test
  void searchesLargePicturesAtASmallerSize() {
    TestFaceModel.install(folder, models);
    FaceDetector detector =
        new RetinaFaceDetector(
            new ModelStore(folder).find("red").orElseThrow(),
            models,
            new RetinaFaceDetector.Settings(0.75, 640));
    RgbImage large = TestFaceModel.picture(1280, 640, block(20, 20), 255, 0);

    List<Face> faces = detector.detect(large);

    assertThat(faces).hasSize(1);
    assertThat(faces.getFirst().exactBox()).isEqualTo(new FaceBox(208, 208, 464, 464));
    assertThat(faces.getFirst().landmarks().get(2).y()).isCloseTo(336 + 12, within(1e-3));
  }

  @Test
  void searchesAtTheSizeThatItsManifestSays() {
    RgbImage large = TestFaceModel.picture(1920, 640, block(20, 20), 255, 0);

    Face usual = TestFaceModel.install(folder, models).detect(large).getFirst();
    String usually = FaceDetectors.version(new ModelStore(folder)).orElseThrow();
    FaceDetector full = TestFaceModel.install(folder, models, "{\"searchSize\": \"full\"}");
    List<Face> fully = full.detect(large);

    // At half the size the four cells are one, and the face around it is twice as large.
    assertThat(usual.box().width()).isEqualTo(2 * TestFaceModel.SIZE);
    assertThat(fully).isNotEmpty().allMatch(face -> face.box().width() == TestFaceModel.SIZE);
    assertThat(FaceDetectors.version(new ModelStore(folder))).get().isNotEqualTo(usually);
  }

  @Test
  void findsInLargePicturesTogetherWhatItFindsInEach() {
    FaceDetector full = TestFaceModel.install(folder, models, "{\"searchSize\": \"full\"}");
    RgbImage large = TestFaceModel.picture(4096, 2048, new int[][] {{40, 20}}, 255, 0);

    List<List<Face>> all = full.detectAll(List.of(large, large, large));

    assertThat(all).hasSize(3).allMatch(faces -> faces.equals(full.detect(large)));
  }

  @Test
  void keepsBoxesWithinThePicture() {
    FaceDetector detector = TestFaceModel.install(folder, models);
    RgbImage image = TestFaceModel.picture(160, 160, new int[][] {{0, 0}}, 255, 0);

    Face face = detector.detect(image).getFirst();

    assertThat(face.exactBox()).isEqualTo(new FaceBox(-56, -56, 72, 72));
    assertThat(face.box().x()).isZero();
    assertThat(face.box().width()).isEqualTo(72);
  }

  @Test
  void isUsedWhenItsModelIsInstalled() {
    assertThat(FaceDetectors.of(new ModelStore(folder), models))
        .isInstanceOf(CascadeFaceDetector.class);
    assertThat(TestFaceModel.install(folder, models)).isInstanceOf(RetinaFaceDetector.class);
  }

  @Test
  void saysThatItsModelIsNone() {
    String manifest =
        """
        {"name": "odd", "version": "1", "licence": "none", "engine": "OnnxRuntime",
         "files": {"model.onnx": "@SHA256@"}, "role": "face-detector",
         "input": {"name": "images", "layout": "NHWC", "dtype": "uint8"}}
        """;
    TestModels.install(folder, manifest, "no model".getBytes());
    FaceDetector detector = FaceDetectors.of(new ModelStore(folder), models);

    assertThatThrownBy(() -> detector.detect(TestMedia.plain(64, 64, 0, 0, 0)))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ERROR))
        .hasMessageStartingWith("The face detector cannot be used");
  }

  /** Two by two cells. */
  private static int[][] block(int x, int y) {
    return new int[][] {{x, y}, {x + 1, y}, {x, y + 1}, {x + 1, y + 1}};
  }

  private static RgbImage brightest(RgbImage... images) {
    byte[] data = new byte[images[0].data().length];
    for (RgbImage image : images) {
      for (int i = 0; i < data.length; i++) {
        data[i] = (byte) Math.max(data[i] & 0xff, image.data()[i] & 0xff);
      }
    }
    return new RgbImage(images[0].width(), images[0].height(), data);
  }
}
