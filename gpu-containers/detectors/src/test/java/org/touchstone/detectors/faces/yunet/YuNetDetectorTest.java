package org.touchstone.detectors.faces.yunet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.base.Natives;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.PublishedYuNet;
import org.touchstone.testing.models.TestModels;

/** The published model on a photograph. */
class YuNetDetectorTest {
  /** Brows to chin of the portrait, as a person sees it: left, top, right, bottom. */
  private static final FaceBox FACE = new FaceBox(178, 70, 272, 165);

  /** Centres of the eyes, tip of the nose, corners of the mouth, likewise. */
  private static final int[][] LANDMARKS = {
    {202, 101}, {246, 103}, {223, 126}, {203, 140}, {243, 141}
  };

  @TempDir Path folder;
  private OnnxModels models;
  private FaceDetector detector;
  private RgbImage portrait;

  @BeforeEach
  void open() {
    models = new OnnxModels(new ModelStore(folder), OnnxSettings.DEFAULT);
    PublishedYuNet.install(folder);
    detector = FaceDetectors.of(new ModelStore(folder), models);
    portrait = TestMedia.decode(TestMedia.astronaut(folder));
  }

  @AfterEach
  void close() {
    models.close();
  }

  @ParameterizedTest
  @CsvSource({"100", "256", "512", "1500", "2600"})
  void findsTheFaceOfAPortraitAtAnySize(int side) {
    double scale = side / 512.0;

    List<Face> faces = detector.detect(scaled(portrait, side, side));

    assertThat(faces).hasSize(1);
    Face face = faces.getFirst();
    FaceBox expected =
        new FaceBox(
            FACE.left() * scale, FACE.top() * scale, FACE.right() * scale, FACE.bottom() * scale);
    assertThat(face.exactBox().overlap(expected)).isGreaterThan(0.6);
    assertThat(face.confidence()).isBetween(0.8, 1.0);
    for (int i = 0; i < LANDMARKS.length; i++) {
      Point point = face.landmarks().get(i);
      assertThat(point.x()).as("%d", i).isCloseTo(LANDMARKS[i][0] * scale, within(1 + 6 * scale));
      assertThat(point.y()).as("%d", i).isCloseTo(LANDMARKS[i][1] * scale, within(1 + 6 * scale));
    }
  }

  @Test
  void findsAFaceThatFillsThePicture() {
    RgbImage close = ImageScaler.scale(portrait, new Rectangle(178, 70, 94, 94), 1800, 1800);

    List<Face> faces = detector.detect(close);

    assertThat(faces).hasSize(1);
    assertThat(faces.getFirst().confidence()).isGreaterThan(0.85);
    assertThat(faces.getFirst().landmarks().getFirst().x()).isCloseTo(460, within(100.0));
  }

  @Test
  void findsAllFacesTheSurestFirst() {
    byte[] data = TestMedia.plain(1280, 720, 90, 110, 130).data();
    paste(data, 1280, scaled(portrait, 512, 512), 20, 20);
    paste(data, 1280, scaled(portrait, 300, 300), 600, 20);
    paste(data, 1280, scaled(portrait, 150, 150), 600, 400);

    List<Face> faces = detector.detect(new RgbImage(1280, 720, data));

    assertThat(faces).hasSize(3);
    assertThat(faces).extracting(Face::confidence).isSortedAccordingTo((a, b) -> -a.compareTo(b));
    assertThat(faces)
        .extracting(face -> (int) face.exactBox().side() / 10)
        .containsExactlyInAnyOrder(9, 5, 2);
  }

  @Test
  void findsWhatOpenCvFinds() throws IOException {
    Natives.configure();
    Path file = Files.write(folder.resolve("yunet.onnx"), PublishedYuNet.model());
    RgbImage picture = scaled(portrait, 469, 311);
    try (Size size = new Size(picture.width(), picture.height());
        FaceDetectorYN opencv =
            FaceDetectorYN.create(file.toString(), "", size, 0.6f, 0.3f, 5000, 0, 0);
        Mat image = new Mat(picture.height(), picture.width(), CV_8UC3);
        Mat found = new Mat()) {
      image.data().put(blueFirst(picture.data()));
      opencv.detect(image, found);
      float[] expected = new float[15];
      FloatBuffer values = found.createBuffer();
      values.get(expected);

      List<Face> faces = detector.detect(picture);

      assertThat(faces).hasSize(found.rows()).hasSize(1);
      Face face = faces.getFirst();
      assertThat(face.confidence()).isCloseTo(expected[14], within(1e-5));
      assertThat(face.exactBox().left()).isCloseTo(expected[0], within(1e-3));
      assertThat(face.exactBox().top()).isCloseTo(expected[1], within(1e-3));
      assertThat(face.exactBox().right()).isCloseTo(expected[0] + expected[2], within(1e-3));
      assertThat(face.exactBox().bottom()).isCloseTo(expected[1] + expected[3], within(1e-3));
      for (int i = 0; i < Face.LANDMARKS; i++) {
        assertThat(face.landmarks().get(i).x()).isCloseTo(expected[4 + 2 * i], within(1e-3));
        assertThat(face.landmarks().get(i).y()).isCloseTo(expected[5 + 2 * i], within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "31, 31", "32, 32", "1, 10000", "10000, 1", "33, 4000"})
  void findsNoFaceInPicturesThatHoldNone(int width, int height) {
    assertThat(detector.detect(scaled(portrait, width, height))).isEmpty();
    assertThat(detector.detect(TestMedia.plain(width, height, 128, 128, 128))).isEmpty();
  }

  @Test
  void findsNoFaceWhereThereIsNone() {
    assertThat(detector.detect(TestMedia.decode(TestMedia.rocket(folder)))).isEmpty();
    assertThat(detector.detect(TestMedia.plain(1920, 1080, 0, 0, 0))).isEmpty();
  }

  @Test
  void answersManyThreadsAlike() throws Exception {
    List<RgbImage> pictures = List.of(portrait, scaled(portrait, 300, 400), portrait);
    List<List<Face>> expected = pictures.stream().map(detector::detect).toList();
    assertThat(expected).allMatch(faces -> faces.size() == 1);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<List<List<Face>>>> calls =
          IntStream.range(0, 8)
              .mapToObj(i -> (Callable<List<List<Face>>>) () -> detector.detectAll(pictures))
              .toList();
      for (Future<List<List<Face>>> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo(expected);
      }
    }
  }

  @Test
  void searchesAtTheSizeThatItsManifestSays() {
    RgbImage small = scaled(portrait, 64, 64);
    byte[] data = TestMedia.plain(1600, 900, 90, 110, 130).data();
    paste(data, 1600, small, 700, 300);
    RgbImage crowd = new RgbImage(1600, 900, data);
    assertThat(detector.detect(crowd)).isEmpty();

    TestModels.install(
        folder,
        PublishedYuNet.manifest()
            .replace("\"options\": {}", "\"options\": {\"searchSize\": \"full\"}"),
        PublishedYuNet.model());

    assertThat(FaceDetectors.of(new ModelStore(folder), models).detect(crowd)).hasSize(1);
  }

  @Test
  void runsAFileWithAnInputOfFixedSize() throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(PublishedYuNet.model()).toBuilder();
    TensorShapeProto.Builder shape =
        model
            .getGraphBuilder()
            .getInputBuilder(0)
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder();
    shape.setDim(2, Dimension.newBuilder().setDimValue(320));
    shape.setDim(3, Dimension.newBuilder().setDimValue(640));
    TestModels.install(
        folder,
        PublishedYuNet.manifest()
            .replace("\"float32\"}", "\"float32\", \"height\": 320, \"width\": 640}"),
        model.build().toByteArray());
    FaceDetector fixed = FaceDetectors.of(new ModelStore(folder), models);

    List<Face> small = fixed.detect(scaled(portrait, 200, 200));
    List<Face> large = fixed.detect(scaled(portrait, 1024, 1024));

    assertThat(small).hasSize(1);
    assertThat(large).hasSize(1);
    FaceBox expected = new FaceBox(356, 140, 544, 330);
    assertThat(large.getFirst().exactBox().overlap(expected)).isGreaterThan(0.6);
    assertThat(fixed.detect(TestMedia.plain(1, 1, 0, 0, 0))).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithAnotherModel() {
    TestModels.install(
        folder,
        PublishedYuNet.manifest().replace("\"yunet\", \"version\"", "\"other\", \"version\""),
        "no model".getBytes());
    FaceDetector other =
        new YuNetDetector(
            new ModelStore(folder).find("other").orElseThrow(),
            models,
            new YuNetDetector.Settings(0.6, 960));

    assertThatThrownBy(() -> other.detect(portrait))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ERROR))
        .hasMessageStartingWith("The face detector cannot be used");
  }

  private static RgbImage scaled(RgbImage image, int width, int height) {
    return ImageScaler.scale(image, Rectangle.of(image), width, height);
  }

  private static void paste(byte[] data, int width, RgbImage part, int left, int top) {
    int row = part.width() * RgbImage.CHANNELS;
    for (int y = 0; y < part.height(); y++) {
      int to = ((top + y) * width + left) * RgbImage.CHANNELS;
      System.arraycopy(part.data(), y * row, data, to, row);
    }
  }

  private static byte[] blueFirst(byte[] data) {
    byte[] swapped = new byte[data.length];
    for (int i = 0; i < data.length; i += RgbImage.CHANNELS) {
      swapped[i] = data[i + 2];
      swapped[i + 1] = data[i + 1];
      swapped[i + 2] = data[i];
    }
    return swapped;
  }
}
