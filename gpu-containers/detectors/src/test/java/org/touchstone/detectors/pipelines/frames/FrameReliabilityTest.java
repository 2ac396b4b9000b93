package org.touchstone.detectors.pipelines.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.decode.VideoFrame;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

/** What a manifest says of a model's limits, of a video's frames, and of how far to trust it. */
class FrameReliabilityTest {
  private static final int SIDE = 16;
  private static final float[][] WEIGHTS = {{3, -5, 2.5f}};
  private static final byte[] MODEL = TestModels.means(SIDE, WEIGHTS, new float[] {-0.25f});
  private static final DecodeLimits LIMITS =
      new DecodeLimits(6, 10_000_000, 10_000_000, 10_000_000, Duration.ofSeconds(30));

  @TempDir Path folder;

  private ModelStore store;
  private OnnxModels models;

  @BeforeEach
  void openStore() {
    store = new ModelStore(folder.resolve("models"));
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
  }

  @AfterEach
  void closeModels() {
    models.close();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void failsTypedWhenTheModelGivesNoNumber(float bias) {
    OnnxFrameDetector detector =
        detector(manifest(), TestModels.means(SIDE, WEIGHTS, new float[] {bias}));
    try (MediaContext media = context(TestMedia.rocket(folder), Modality.IMAGE, null)) {
      assertReason(detector, media, Reason.ERROR);
    }
  }

  @Test
  void failsTypedWhenItsScoreWouldBeTheSameForAllPictures() {
    OnnxFrameDetector detector = detector(manifest().replace("sigmoid", "softmax"), MODEL);
    try (MediaContext media = context(TestMedia.rocket(folder), Modality.IMAGE, null)) {
      assertReason(detector, media, Reason.ERROR);
    }
  }

  @Test
  void abstainsFromPicturesThatAreTooSmall() {
    Path file = TestMedia.rocket(folder);
    RgbImage picture = TestMedia.decode(file);
    int edge = Math.min(picture.width(), picture.height());
    try (MediaContext media = context(file, Modality.IMAGE, null)) {
      assertReason(detector(least(edge + 1), MODEL), media, Reason.TOO_SMALL);
      assertThat(detector(least(edge).replace("\"1\"", "\"2\""), MODEL).detect(media).score())
          .isPositive();
    }
  }

  private static String least(int edge) {
    return manifest().replace("\"category\"", "\"minShortEdge\": " + edge + ", \"category\"");
  }

  @Test
  void showsTheFramesOfAVideoWithTheHighestScores() {
    OnnxFrameDetector detector = detector(manifest(), MODEL);
    Path file =
        TestMedia.numberedVideo(folder.resolve("long.mp4"), VideoSettings.h264(64, 64), 150);
    try (MediaContext media = context(file, Modality.VIDEO, 6.0)) {

      Evidence evidence = detector.detect(media).evidence();

      double highest =
          evidence.timeline().stream().mapToDouble(TimelineSegment::score).max().orElseThrow();
      assertThat(evidence.peaks()).hasSize(3);
      assertThat(evidence.peaks().getFirst().score()).isEqualTo(highest);
      assertThat(evidence.peaks()).allSatisfy(peak -> assertThat(peak.person()).isZero());
      assertThat(evidence.faces()).isNull();
      assertThat(media.pictures())
          .hasSize(3)
          .allSatisfy(picture -> assertThat(picture.detector()).isEqualTo("tiny"));
    }
  }

  @Test
  void looksAtFewFramesSceneChangesFirstIfTheManifestSaysSo() {
    OnnxFrameDetector detector =
        detector(
            manifest()
                .replace(
                    "\"category\"",
                    "\"options\": {\"frames\": 2, \"aggregation\": \"maximum\"}, \"category\""),
            MODEL);
    Path file =
        TestMedia.video(
            folder.resolve("cut.mp4"),
            VideoSettings.h264(64, 64),
            150,
            n -> TestMedia.plain(64, 64, n < 100 ? 10 : 240, 20, 20));
    try (MediaContext media = context(file, Modality.VIDEO, 6.0)) {

      DetectorReport report = detector.detect(media);

      List<VideoFrame> sampled = media.frames();
      assertThat(sampled).hasSize(6);
      assertThat(report.evidence().timeline())
          .extracting(TimelineSegment::start)
          .containsExactly(0.0, sampled.get(4).seconds());
      assertThat(report.score()).isEqualTo(report.evidence().timeline().get(1).score());
    }
  }

  @Test
  void saysHowFarItsScoreCanBeTrusted() {
    OnnxFrameDetector detector =
        detector(manifest().replace("\"category\"", "\"family\": \"small\", \"category\""), MODEL);
    Path video =
        TestMedia.numberedVideo(folder.resolve("some.mp4"), VideoSettings.h264(64, 64), 50);
    try (MediaContext still = context(TestMedia.rocket(folder), Modality.IMAGE, null);
        MediaContext frames = context(video, Modality.VIDEO, 2.0)) {

      assertThat(detector.detect(still).reliability())
          .isEqualTo(new Reliability("small", null, null, null, Combination.SINGLE, 1, null));
      assertThat(detector.detect(frames).reliability())
          .isEqualTo(new Reliability("small", null, null, null, Combination.MEAN, 6, null));
    }
  }

  @ParameterizedTest
  @CsvSource({"mean, 6, 2", "median, 6, 2", "maximum, 6, 12", "mean, 1, 2"})
  void theHighestOfTheFacesOfAFrameIsAMaximum(String aggregation, int frames, int looks) {
    String options = "\"options\": {\"frames\": %d, \"aggregation\": \"%s\"}, \"category\"";
    OnnxFrameDetector detector =
        detector(
            manifest()
                .replace("\"frame\"", "\"face\"")
                .replace("\"category\"", "\"family\": \"small\", \"category\"")
                .replace("\"category\"", options.formatted(frames, aggregation)),
            MODEL);
    FaceDetector two =
        fixed(
            new Face(new Rectangle(0, 0, 24, 24), 0.9), new Face(new Rectangle(32, 32, 24, 24), 1));
    Path file = TestMedia.numberedVideo(folder.resolve("two.mp4"), VideoSettings.h264(64, 64), 50);
    MediaItem item = TestMedia.item(Modality.VIDEO, 2.0);
    try (MediaContext media =
        new MediaContext(file, item, Modality.VIDEO, LIMITS, two, TestMedia.workFolder(file))) {

      assertThat(detector.detect(media).reliability())
          .isEqualTo(new Reliability("small", null, null, null, Combination.MAXIMUM, looks, null));
    }
  }

  @ParameterizedTest
  @CsvSource({"0.9, light", "0.1, strong"})
  void theErrorsCountedOnSuchMediaGoWithItsScore(float quality, String row) {
    String counted =
        "{\"name\": \"%1$s\", \"compression\": \"%1$s\", \"minShortEdge\": 16, \"falseAlarms\": 3,"
            + " \"authentic\": 600, \"hits\": %2$d, \"fakes\": 600, \"source\": \"a test\"}";
    String measured =
        manifest()
            .replace(
                "\"category\"",
                "\"reliability\": {\"version\": \"7\", \"model\": \"@SHA256@\","
                    + " \"preprocessing\": \"@DIGEST@\", \"fitted\": true, \"rows\": ["
                    + counted.formatted("light", 500)
                    + ", "
                    + counted.formatted("strong", 300)
                    + "]}, \"category\"");
    String zeros = "0".repeat(64);
    String digest =
        ModelManifest.read(
                measured
                    .replace("@SHA256@", zeros)
                    .replace("@DIGEST@", zeros)
                    .getBytes(StandardCharsets.UTF_8))
            .preprocessingDigest();
    OnnxFrameDetector detector = detector(measured.replace("@DIGEST@", digest), MODEL);
    Path file = TestMedia.jpeg(folder.resolve("a.jpg"), quality);
    try (MediaContext media = context(file, Modality.IMAGE, null)) {

      Reliability reliability = detector.detect(media).reliability();

      assertThat(reliability.counts().row()).isEqualTo(row);
      assertThat(reliability.calibration()).isEqualTo("7");
      assertThat(reliability.doubt()).isNull();
    }
  }

  private static FaceDetector fixed(Face... faces) {
    return new FaceDetector() {
      @Override
      public String name() {
        return "fixed";
      }

      @Override
      public List<Face> detect(RgbImage image) {
        return List.of(faces);
      }
    };
  }

  private static String manifest() {
    return TestModels.manifest("tiny", "1", SIDE);
  }

  private OnnxFrameDetector detector(String manifest, byte[] model) {
    TestModels.install(folder.resolve("models"), manifest, model);
    return new OnnxFrameDetector(store.find("tiny").orElseThrow(), models);
  }

  private static MediaContext context(Path file, Modality modality, Double seconds) {
    MediaItem item = TestMedia.item(modality, seconds);
    return new MediaContext(
        file, item, modality, LIMITS, TestMedia.NO_FACES, TestMedia.workFolder(file));
  }

  private static void assertReason(OnnxFrameDetector detector, MediaContext media, Reason reason) {
    assertThatThrownBy(() -> detector.detect(media))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
