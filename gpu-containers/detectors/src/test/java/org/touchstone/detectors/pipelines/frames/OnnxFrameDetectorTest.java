package org.touchstone.detectors.pipelines.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.decode.VideoFrame;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.FrameFaces;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class OnnxFrameDetectorTest {
  private static final int SIDE = 16;
  private static final float[][] WEIGHTS = {{3, -5, 2.5f}};
  private static final float[] BIAS = {-0.25f};
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

  @Test
  void scoresTheFacesOfARealVideoAsTheSameSumInJavaDoes() {
    OnnxFrameDetector detector = detector(region("\"face\", \"margin\": 0.2"), means());
    Path file = TestMedia.faceVideo(folder, 50);
    try (CascadeFaceDetector faces = new CascadeFaceDetector();
        MediaContext media = context(file, Modality.VIDEO, 2.0, faces)) {

      DetectorReport report = detector.detect(media);

      List<FrameFaces> seen = media.faces();
      assertThat(seen).hasSize(6).allSatisfy(f -> assertThat(f.faces()).hasSize(1));
      double sum = 0;
      for (int i = 0; i < seen.size(); i++) {
        RgbImage image = seen.get(i).frame().image();
        Rectangle part = seen.get(i).faces().getFirst().box().grown(0.2, image);
        double expected = expected(shrunk(image, part));
        TimelineSegment segment = report.evidence().timeline().get(i);
        assertThat(segment.score()).isCloseTo(expected, within(0.003));
        assertThat(segment.start()).isEqualTo(seen.get(i).frame().seconds());
        sum += segment.score();
      }
      assertThat(report.score()).isCloseTo(sum / 6, within(1e-9));
      assertThat(report.evidence().timeline().getLast().end()).isEqualTo(2.0);
      assertThat(report.evidence().regions())
          .hasSize(6)
          .allSatisfy(r -> assertThat(r.label()).isEqualTo("face"));
      assertThat(report.evidence().faces().detector()).isEqualTo(faces.name());
      assertThat(report.evidence().regions().get(1).time())
          .isEqualTo(seen.get(1).frame().seconds());
    }
  }

  @Test
  void scoresAWholePicture() {
    OnnxFrameDetector detector = detector(manifest(), means());
    RgbImage red = TestMedia.plain(64, 48, 200, 20, 60);
    Path file = TestMedia.video(folder.resolve("a.avif"), avif(), 1, n -> red);
    try (MediaContext media = context(file, Modality.IMAGE, null, noFaces())) {

      DetectorReport report = detector.detect(media);

      assertThat(report.score()).isCloseTo(expected(media.image()), within(0.001));
      assertThat(report.evidence().timeline()).isEmpty();
      assertThat(report.evidence().regions()).isEmpty();
    }
  }

  @Test
  void looksAtTheMiddleWhenThePictureIsToBeCovered() {
    String covered = manifest().replace("\"width\": 16", "\"width\": 16, \"fit\": \"cover\"");
    OnnxFrameDetector detector = detector(covered, means());
    RgbImage image = TestMedia.plain(192, 64, 0, 0, 0);
    for (int y = 0; y < 64; y++) {
      for (int x = 64; x < 128; x++) {
        image.data()[(y * 192 + x) * RgbImage.CHANNELS] = (byte) 255;
      }
    }
    VideoSettings settings = VideoSettings.h264(192, 64).withCodec("png", "rgb24");
    Path file = TestMedia.video(folder.resolve("wide.mov"), settings, 1, n -> image);
    try (MediaContext media = context(file, Modality.VIDEO, null, noFaces())) {

      assertThat(detector.detect(media).score())
          .isCloseTo(expected(TestMedia.plain(1, 1, 255, 0, 0)), within(0.001));
    }
  }

  @Test
  void takesTheHighestOfSeveralFacesOfAFrame() {
    OnnxFrameDetector detector = detector(region("\"face\""), means());
    RgbImage image = TestMedia.plain(64, 32, 0, 255, 0);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        image.data()[(y * 64 + x) * RgbImage.CHANNELS] = (byte) 255;
        image.data()[(y * 64 + x) * RgbImage.CHANNELS + 1] = 0;
      }
    }
    VideoSettings settings = VideoSettings.h264(64, 32).withCodec("png", "rgb24");
    Path file = TestMedia.video(folder.resolve("two.mov"), settings, 1, n -> image);
    Face red = new Face(new Rectangle(0, 0, 32, 32), 0.6);
    Face green = new Face(new Rectangle(32, 0, 32, 32), 0.9);
    try (MediaContext media = context(file, Modality.VIDEO, null, fixed(green, red))) {

      DetectorReport report = detector.detect(media);

      assertThat(report.score())
          .isCloseTo(expected(TestMedia.plain(1, 1, 255, 0, 0)), within(0.001));
      assertThat(report.evidence().regions()).hasSize(2);
    }
  }

  @Test
  void abstainsWithoutFacesAndWithSmallOnes() {
    OnnxFrameDetector detector = detector(region("\"face\", \"minSize\": 64"), means());
    Path file = TestMedia.rocket(folder);
    try (MediaContext none = context(file, Modality.IMAGE, null, new CascadeFaceDetector());
        MediaContext small =
            context(file, Modality.IMAGE, null, fixed(new Face(new Rectangle(0, 0, 63, 80), 1)))) {

      assertReason(detector, none, Reason.NO_FACE);
      assertReason(detector, small, Reason.FACE_TOO_SMALL);
    }
  }

  @Test
  void cutsAVideoIntoClips() {
    String clips = manifest().replace("\"NHWC\"", "\"NTHWC\", \"frames\": 3");
    OnnxFrameDetector detector = detector(clips, TestModels.clipMeans(3, SIDE, WEIGHTS, BIAS));
    Path file =
        TestMedia.numberedVideo(folder.resolve("clips.mp4"), VideoSettings.h264(64, 64), 50);
    try (MediaContext media = context(file, Modality.VIDEO, 2.0, noFaces())) {

      DetectorReport report = detector.detect(media);

      List<VideoFrame> frames = media.frames();
      assertThat(report.evidence().timeline()).hasSize(2);
      for (int clip = 0; clip < 2; clip++) {
        double logit = 0;
        for (int i = 0; i < 3; i++) {
          logit += logit(frames.get(clip * 3 + i).image()) / 3;
        }
        TimelineSegment segment = report.evidence().timeline().get(clip);
        assertThat(segment.score()).isCloseTo(sigmoid(logit), within(0.001));
        assertThat(segment.end()).isEqualTo(frames.get(clip * 3 + 2).seconds());
      }
    }
  }

  @Test
  void abstainsFromVideosShorterThanAClip() {
    String clips = manifest().replace("\"NHWC\"", "\"NTHWC\", \"frames\": 8");
    OnnxFrameDetector detector = detector(clips, TestModels.clipMeans(8, SIDE, WEIGHTS, BIAS));
    Path file =
        TestMedia.numberedVideo(folder.resolve("short.mp4"), VideoSettings.h264(64, 64), 20);
    try (MediaContext media = context(file, Modality.VIDEO, null, noFaces())) {
      assertReason(detector, media, Reason.TOO_SHORT);
    }
  }

  @Test
  void readsTheClassThatMeansFakeFromASoftmax() {
    String softmax =
        manifest().replace("\"sigmoid\", \"fakeIndex\": 0", "\"softmax\", \"fakeIndex\": 1");
    byte[] model = TestModels.means(SIDE, new float[][] {{0, 0, 0}, {2, 0, 0}}, new float[2]);
    OnnxFrameDetector detector = detector(softmax, model);
    RgbImage red = TestMedia.plain(32, 32, 255, 0, 0);
    VideoSettings settings = VideoSettings.h264(32, 32).withCodec("png", "rgb24");
    Path file = TestMedia.video(folder.resolve("red.mov"), settings, 1, n -> red);
    try (MediaContext media = context(file, Modality.VIDEO, null, noFaces())) {
      assertThat(detector.detect(media).score()).isCloseTo(sigmoid(2), within(1e-5));
    }
  }

  @Test
  void failsTypedWhenTheModelIsNotWhatItsManifestSays() {
    OnnxFrameDetector detector =
        detector(manifest().replace("\"name\": \"logits\"", "\"name\": \"x\""), means());
    try (MediaContext media = context(TestMedia.rocket(folder), Modality.IMAGE, null, noFaces())) {
      assertReason(detector, media, Reason.ERROR);
    }
  }

  private static String manifest() {
    return TestModels.manifest("tiny", "1", SIDE);
  }

  private static String region(String kind) {
    return manifest().replace("\"frame\"", kind);
  }

  private static byte[] means() {
    return TestModels.means(SIDE, WEIGHTS, BIAS);
  }

  private OnnxFrameDetector detector(String manifest, byte[] model) {
    TestModels.install(folder.resolve("models"), manifest, model);
    return new OnnxFrameDetector(store.find("tiny").orElseThrow(), models);
  }

  private static MediaContext context(
      Path file, Modality modality, Double seconds, FaceDetector faces) {
    MediaItem item = TestMedia.item(modality, seconds);
    return new MediaContext(file, item, modality, LIMITS, faces, TestMedia.workFolder(file));
  }

  private static VideoSettings avif() {
    return VideoSettings.h264(64, 48).withCodec("libaom-av1", "yuv420p");
  }

  private static FaceDetector noFaces() {
    return fixed();
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

  private static void assertReason(OnnxFrameDetector detector, MediaContext media, Reason reason) {
    assertThatThrownBy(() -> detector.detect(media))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** The part at the model's size: each pixel the mean of the area it stands for. */
  private static RgbImage shrunk(RgbImage image, Rectangle part) {
    byte[] data = new byte[SIDE * SIDE * RgbImage.CHANNELS];
    double stepX = (double) part.width() / SIDE;
    double stepY = (double) part.height() / SIDE;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
          double sum = 0;
          for (int v = (int) (y * stepY); v < Math.ceil((y + 1) * stepY - 1e-9); v++) {
            double shareY = Math.min(v + 1, (y + 1) * stepY) - Math.max(v, y * stepY);
            for (int u = (int) (x * stepX); u < Math.ceil((x + 1) * stepX - 1e-9); u++) {
              double shareX = Math.min(u + 1, (x + 1) * stepX) - Math.max(u, x * stepX);
              sum += shareX * shareY * image.sample(part.x() + u, part.y() + v, c);
            }
          }
          data[(y * SIDE + x) * RgbImage.CHANNELS + c] = (byte) Math.rint(sum / (stepX * stepY));
        }
      }
    }
    return new RgbImage(SIDE, SIDE, data);
  }

  private static double expected(RgbImage image) {
    return sigmoid(logit(image));
  }

  private static double logit(RgbImage image) {
    double logit = BIAS[0];
    for (int c = 0; c < RgbImage.CHANNELS; c++) {
      long sum = 0;
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          sum += image.sample(x, y, c);
        }
      }
      logit += WEIGHTS[0][c] * sum / 255.0 / image.width() / image.height();
    }
    return logit;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
