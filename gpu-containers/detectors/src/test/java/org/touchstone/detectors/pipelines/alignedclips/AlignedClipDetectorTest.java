package org.touchstone.detectors.pipelines.alignedclips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.context.PeakFrame;
import org.touchstone.detectors.faces.CascadeFaceDetector;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestFaceModel;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.Person;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class AlignedClipDetectorTest {
  private static final int FRAMES = 8;
  private static final int SIDE = 64;
  private static final int WIDTH = 512;
  private static final int HEIGHT = 256;

  /** The logit is how green the clips are, black rims included. */
  private static final float[][] WEIGHTS = {{0, 10, 0}};

  @TempDir Path folder;
  private OnnxModels models;
  private FaceDetector faces;

  @BeforeEach
  void open() {
    Path root = folder.resolve("models");
    models = new OnnxModels(new ModelStore(root), OnnxSettings.DEFAULT);
    faces = TestFaceModel.install(root, models);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void scoresAFaceThatCanBeFollowed() {
    Detector detector = detector("{}");
    try (MediaContext media = video(40, n -> face(8 + n / 8, 200))) {

      DetectorReport report = detector.detect(media);

      assertThat(report.score()).isBetween(0.9, 1.0);
      assertThat(report.modelVersion()).isEqualTo("1.faces-" + facesVersion());
      assertThat(report.evidence().faces().detector()).isEqualTo("red 1");
      assertThat(report.evidence().faces().people())
          .singleElement()
          .satisfies(
              person -> {
                assertThat(person.start()).isZero();
                assertThat(person.end()).isCloseTo(39 / 25.0, within(1e-6));
                // Windows begin at 0, 16 and 32.
                assertThat(person.samples()).isEqualTo(3);
              });
      assertThat(report.evidence().timeline())
          .extracting(TimelineSegment::start)
          .containsExactly(0.0, 1.0);
      assertThat(report.evidence().regions()).hasSize(3).allMatch(r -> r.width() == 128);
    }
  }

  @Test
  void takesTheHighestPersonUnlessAllCountAlike() {
    IntFunction<RgbImage> two =
        n -> {
          RgbImage image =
              TestFaceModel.picture(WIDTH, HEIGHT, new int[][] {{6, 8}, {24, 8}}, 255, 0);
          for (int i = 2; i < image.data().length; i += 3) {
            image.data()[i] = (byte) 200;
          }
          // The person on the right is green around the face.
          for (int y = 0; y < HEIGHT; y++) {
            for (int x = WIDTH / 2; x < WIDTH; x++) {
              image.data()[(y * WIDTH + x) * 3 + 1] = (byte) 255;
            }
          }
          return image;
        };
    try (MediaContext media = video(24, two)) {
      DetectorReport highest = detector("{}").detect(media);
      DetectorReport mean = named("mean", "{\"people\": \"mean\"}").detect(media);

      assertThat(highest.evidence().faces().people()).hasSize(2);
      Person green = highest.evidence().faces().people().getFirst();
      Person other = highest.evidence().faces().people().get(1);
      assertThat(highest.score()).isEqualTo(green.score());
      assertThat(green.score()).isGreaterThan(0.9);
      assertThat(other.score()).isCloseTo(0.5, within(0.05));
      assertThat(mean.score()).isCloseTo((green.score() + other.score()) / 2, within(1e-6));
      Peak peak = highest.evidence().faces().peaks().getFirst();
      assertThat(peak.person()).isEqualTo(green.number());
      assertThat(peak.face().x()).isGreaterThan(WIDTH / 2);
    }
  }

  @Test
  void showsTheFramesOfThePeaks() throws IOException {
    IntFunction<RgbImage> greener = n -> face(10, 40 + n);
    try (MediaContext media = video(60, greener)) {
      List<Peak> peaks = detector("{}").detect(media).evidence().faces().peaks();

      assertThat(peaks).hasSizeGreaterThan(1);
      assertThat(media.pictures()).hasSameSizeAs(peaks);
      for (int i = 0; i < peaks.size(); i++) {
        PeakFrame frame = (PeakFrame) media.pictures().get(i);
        assertThat(frame.detector()).isEqualTo("clips");
        assertThat(frame.peak()).isEqualTo(i);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(frame.jpeg()));
        assertThat(picture.getWidth()).isEqualTo(WIDTH);
        int green = picture.getRGB(WIDTH - 10, 10) >> 8 & 0xff;
        assertThat(green).isCloseTo(40 + (int) Math.rint(peaks.get(i).time() * 25), within(1));
      }
    }
  }

  @Test
  void looksAtEveryWindowWithStrideOne() {
    try (MediaContext media = video(20, n -> face(10, 100))) {
      DetectorReport all = named("all", "{\"stride\": 1}").detect(media);

      assertThat(all.evidence().faces().people().getFirst().samples()).isEqualTo(20 - FRAMES + 1);
    }
  }

  @Test
  void mirrorsShortTracksOnlyWithStrideOne() {
    try (MediaContext media = video(3, n -> face(10, 100))) {
      DetectorReport all = named("all", "{\"stride\": 1}").detect(media);

      assertThat(all.evidence().faces().people().getFirst().samples()).isEqualTo(3 + FRAMES - 1);
      assertReason(detector("{}"), media, Reason.TOO_SHORT);
    }
  }

  @Test
  void meansLogitsWhereAsked() {
    IntFunction<RgbImage> changing = n -> face(10, n < 10 ? 0 : 120);
    try (MediaContext media = video(20, changing)) {
      double mean = named("mean", "{\"stride\": 1}").detect(media).score();
      double logit =
          named("logit", "{\"stride\": 1, \"aggregation\": \"logit-mean\"}").detect(media).score();

      assertThat(Math.abs(mean - logit)).isBetween(0.005, 0.2);
    }
  }

  @Test
  void givesTheSameWhenTheCropsDoNotFitIntoMemory() {
    Path file = file(40, n -> face(8 + n / 8, 60 + n));
    DecodeLimits little =
        limits(new DecodeLimits.Consecutive(768, 1_000_000, Duration.ofMinutes(1)));
    try (MediaContext kept = context(file, DecodeLimits.DEFAULT, faces);
        MediaContext again = context(file, little, faces)) {
      assertThat(kept.consecutiveFaces().frames()).isEqualTo(again.consecutiveFaces().frames());
      Detector detector = detector("{}");

      assertThat(detector.detect(again)).isEqualTo(detector.detect(kept));
    }
  }

  @Test
  void decodesAndLooksForFacesOnceForAllItsKind() {
    AtomicInteger looks = new AtomicInteger();
    FaceDetector counting =
        finding(
            image -> {
              looks.incrementAndGet();
              return faces.detect(image);
            });
    Path file = file(20, n -> face(10, 100));
    try (MediaContext media = context(file, DecodeLimits.DEFAULT, counting)) {
      detector("{}").detect(media);
      named("other", "{\"stride\": 1}").detect(media);

      assertThat(looks).hasValue(20);
    }
  }

  @Test
  void looksAtNoMoreFramesThanTheLimitsSay() {
    Path file = file(30, n -> face(10, 100));
    DecodeLimits few = limits(new DecodeLimits.Consecutive(12, 1 << 28, Duration.ofMinutes(1)));
    try (MediaContext media = context(file, few, faces)) {
      assertThat(media.consecutiveFaces().frames()).hasSize(12);
    }
  }

  @Test
  void saysWhyItGivesNoScore() {
    Detector detector = detector("{}");
    try (MediaContext nobody = video(20, n -> TestMedia.plain(WIDTH, HEIGHT, 0, 99, 0))) {
      assertReason(detector, nobody, Reason.NO_FACE);
    }
    IntFunction<RgbImage> flickering =
        n -> n % 3 == 2 ? TestMedia.plain(WIDTH, HEIGHT, 0, 99, 0) : face(10, 99);
    try (MediaContext seldom = video(20, flickering)) {
      assertReason(detector, seldom, Reason.TOO_SHORT);
    }
    try (MediaContext dark = video(20, n -> face(10, 0))) {
      assertReason(detector, dark, Reason.TOO_DARK);
    }
    RgbImage small = TestFaceModel.picture(64, 64, new int[][] {{0, 0}}, 255, 0);
    Path file = TestMedia.video(folder.resolve("small.mov"), png(64, 64), 20, n -> small);
    try (MediaContext media = context(file, DecodeLimits.DEFAULT, shrunken())) {
      assertReason(detector, media, Reason.FACE_TOO_SMALL);
    }
  }

  @Test
  void needsLandmarksAndAVideo() {
    Detector detector = detector("{}");
    Path video = file(10, n -> face(10, 100));
    try (FaceDetector cascade = new CascadeFaceDetector();
        MediaContext without = context(video, DecodeLimits.DEFAULT, cascade);
        MediaContext still =
            TestMedia.context(
                TestMedia.astronaut(folder), Modality.IMAGE, DecodeLimits.DEFAULT, faces)) {
      assertReason(detector, without, Reason.NOT_INSTALLED);
      assertReason(detector, still, Reason.NOT_APPLICABLE);
    }
  }

  private static void assertReason(Detector detector, MediaContext media, Reason reason) {
    assertThatThrownBy(() -> detector.detect(media))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** Finds faces of a few pixels. */
  private FaceDetector shrunken() {
    return finding(
        image ->
            faces.detect(image).stream()
                .map(
                    face ->
                        new Face(
                            face.box(),
                            face.confidence(),
                            new FaceBox(0, 0, 30, 30),
                            face.landmarks()))
                .toList());
  }

  private static FaceDetector finding(Function<RgbImage, List<Face>> found) {
    return new FaceDetector() {
      @Override
      public String name() {
        return "finding";
      }

      @Override
      public boolean findsLandmarks() {
        return true;
      }

      @Override
      public List<Face> detect(RgbImage image) {
        return found.apply(image);
      }
    };
  }

  /** A face around a red cell, on a ground of some green. */
  private static RgbImage face(int column, int green) {
    RgbImage image = TestFaceModel.picture(WIDTH, HEIGHT, new int[][] {{column, 8}}, 255, 0);
    for (int i = 1; i < image.data().length; i += 3) {
      image.data()[i] = (byte) green;
    }
    return image;
  }

  private MediaContext video(int frames, IntFunction<RgbImage> pictures) {
    return context(file(frames, pictures), DecodeLimits.DEFAULT, faces);
  }

  private Path file(int frames, IntFunction<RgbImage> pictures) {
    Path file = folder.resolve("video" + frames + "-" + System.nanoTime() + ".mov");
    return TestMedia.video(file, png(WIDTH, HEIGHT), frames, pictures);
  }

  private static VideoSettings png(int width, int height) {
    return VideoSettings.h264(width, height).withCodec("png", "rgb24");
  }

  private static MediaContext context(Path file, DecodeLimits limits, FaceDetector faces) {
    return TestMedia.context(file, Modality.VIDEO, limits, faces);
  }

  private static DecodeLimits limits(DecodeLimits.Consecutive consecutive) {
    DecodeLimits limits = DecodeLimits.DEFAULT;
    return new DecodeLimits(
        limits.frames(),
        limits.maxSourcePixels(),
        limits.maxImagePixels(),
        limits.maxFramePixels(),
        limits.maxTime(),
        consecutive);
  }

  private Detector detector(String options) {
    return named("clips", options);
  }

  private Detector named(String name, String options) {
    String manifest =
        TestModels.manifest(name, "1", SIDE)
            .replace("\"NHWC\"", "\"NTHWC\", \"frames\": " + FRAMES)
            .replace("\"kind\": \"frame\"", "\"kind\": \"face\", \"margin\": 0.5")
            .replace("\"image\", \"video\"", "\"video\"")
            .replace(
                "\"licence\"",
                "\"pipeline\": \"aligned-clips\", \"options\": " + options + ", \"licence\"");
    Path root = folder.resolve("models");
    TestModels.install(root, manifest, TestModels.clipMeans(FRAMES, SIDE, WEIGHTS, new float[1]));
    return DetectorRegistry.of(new ModelStore(root), models).find(name).orElseThrow();
  }

  private String facesVersion() {
    return FaceDetectors.version(new ModelStore(folder.resolve("models"))).orElseThrow();
  }
}
