package org.touchstone.detectors.pipelines.faceclassifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Person;
import org.touchstone.domain.Evidence.Region;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.PublishedYuNet;
import org.touchstone.testing.models.TestModels;

class FaceClassifierTest {
  private static final int SIDE = 64;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 200;

  /** Where the template has the landmarks, in fractions of a face's box. */
  private static final double[][] TEMPLATE = {
    {0.34, 0.46}, {0.66, 0.46}, {0.5, 0.64}, {0.37, 0.82}, {0.63, 0.82}
  };

  /** Takes green for fake: the logit is {@value} times the share of green. */
  private static final float GREEN = 4;

  @TempDir Path folder;
  private OnnxModels models;

  @BeforeEach
  void open() {
    models = new OnnxModels(new ModelStore(folder.resolve("models")), OnnxSettings.DEFAULT);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void looksAtTheAlignedFaceAndWhatIsAroundIt() {
    Face face = face(100, 20, 140);
    DetectorReport report;
    try (MediaContext media = video(4, n -> painted(face, 255), n -> List.of(face))) {
      report = detector("", "").detect(media);
      assertThat(report.evidence().timeline()).hasSize(media.frames().size());
    }
    // Of the square's side 1/1.3 is the face.
    double green = Math.pow(1 / 1.3, 2);
    assertThat(report.score()).isCloseTo(sigmoid(GREEN * green), within(0.01));
    assertThat(report.evidence().faces().detector()).isEqualTo("some faces");
    assertThat(report.evidence().faces().people())
        .singleElement()
        .satisfies(person -> assertThat(person.samples()).isEqualTo(4));
  }

  @Test
  void scoresTheLargestFacesOfEachFrameOnly() {
    Face large = face(10, 10, 150);
    Face middle = face(200, 20, 120);
    Face small = face(400, 30, 100);
    List<Face> sureFirst = List.of(small, middle, large);
    try (MediaContext media = video(4, n -> painted(small, 255), n -> sureFirst)) {
      DetectorReport two = detector(", \"maxFaces\": 2", "\"people\": \"maximum\"").detect(media);
      DetectorReport three = detector(", \"maxFaces\": 3", "\"people\": \"maximum\"").detect(media);

      assertThat(two.score()).isEqualTo(0.5);
      assertThat(two.evidence().regions()).extracting(Region::x).containsOnly(10, 200);
      assertThat(three.score()).isGreaterThan(0.8);
    }
  }

  @Test
  void makesOneScoreOfFramesAndPeopleAsItsManifestSays() {
    Face left = face(10, 10, 150);
    Face middle = face(240, 10, 150);
    Face right = face(450, 10, 150);
    List<Face> faces = List.of(left, middle, right);
    // The left face is fake; so is the middle one, in one of four frames.
    try (MediaContext media =
        video(
            4,
            n -> n == 1 ? painted(painted(left, 255), middle) : painted(left, 255),
            n -> faces)) {
      double fake = detector("", people("maximum", "mean")).detect(media).score();
      DetectorReport median = detector("", people("median", "mean")).detect(media);
      DetectorReport mean = detector("", people("mean", "mean")).detect(media);

      assertThat(fake).isGreaterThan(0.85);
      assertThat(median.score()).isCloseTo((3 * 0.5 + fake) / 4, within(1e-3));
      assertThat(mean.score()).isCloseTo((5 * fake + 7 * 0.5) / 12, within(1e-3));
      assertThat(detector("", people("median", "median")).detect(media).score()).isEqualTo(0.5);
      assertThat(detector("", people("median", "maximum")).detect(media).score())
          .isCloseTo(fake, within(1e-3));
      assertThat(median.reliability().combination()).isEqualTo(Combination.MEDIAN);
      assertThat(median.reliability().looks()).isEqualTo(12);
      assertThat(mean.reliability().combination()).isEqualTo(Combination.MEAN);
      assertThat(mean.evidence().faces().people())
          .extracting(Person::samples)
          .containsExactly(4, 4, 4);
    }
  }

  @Test
  void spreadsTheFramesThatItIsAskedFor() {
    Face face = face(100, 20, 140);
    try (MediaContext media = video(12, n -> painted(face, 255), n -> List.of(face))) {
      int sampled = media.frames().size();
      DetectorReport three = detector("", "\"frames\": 3").detect(media);
      DetectorReport all = detector("", "\"frames\": 100").detect(media);

      assertThat(samples(three)).isEqualTo(3);
      assertThat(three.reliability().looks()).isEqualTo(3);
      assertThat(three.evidence().regions().getLast().time())
          .isGreaterThan(media.frames().get(sampled / 2).seconds());
      assertThat(samples(all)).isEqualTo(sampled);
      assertThat(all.reliability().looks()).isEqualTo(sampled);
    }
  }

  @Test
  void looksAtStillPicturesToo() {
    Face left = face(10, 10, 150);
    Face right = face(240, 10, 150);
    List<Face> faces = List.of(left, right);
    try (MediaContext media = picture(painted(left, 255), faces)) {
      DetectorReport highest = detector("", people("maximum", "mean")).detect(media);
      DetectorReport mean = detector("", people("mean", "mean")).detect(media);

      assertThat(highest.score()).isGreaterThan(0.85);
      assertThat(highest.evidence().timeline()).isEmpty();
      assertThat(highest.reliability().combination()).isEqualTo(Combination.MAXIMUM);
      assertThat(highest.reliability().looks()).isEqualTo(2);
      assertThat(mean.score()).isCloseTo((highest.score() + 0.5) / 2, within(1e-3));
    }
    try (MediaContext media = picture(painted(left, 255), List.of(left))) {
      DetectorReport one = detector("", people("maximum", "mean")).detect(media);
      assertThat(one.reliability().combination()).isEqualTo(Combination.SINGLE);
      assertThat(one.reliability().family()).isEqualTo("gend");
    }
  }

  @Test
  void doubtsWhatItSaysOfSmallFaces() {
    Face small = face(10, 10, 119);
    Face large = face(240, 10, 120);
    try (MediaContext media = picture(painted(large, 255), List.of(small))) {
      DetectorReport report = detector("", "").detect(media);
      assertThat(report.reliability().doubt())
          .isEqualTo("Faces of fewer than 120 pixels mislead it.");
    }
    try (MediaContext media = picture(painted(large, 255), List.of(large))) {
      assertThat(detector("", "").detect(media).reliability().doubt()).isNull();
    }
    try (MediaContext media = picture(painted(large, 255), List.of(large, small))) {
      // The larger face decides the highest score, the smaller one counts for the mean.
      assertThat(detector("", people("maximum", "mean")).detect(media).reliability().doubt())
          .isNull();
      assertThat(detector("", people("mean", "mean")).detect(media).reliability().doubt())
          .isNotNull();
    }
  }

  @Test
  void saysWhyItGivesNoScore() {
    Face face = face(100, 20, 140);
    Detector detector = detector("", "");
    assertReason(detector, painted(face, 255), List.of(), Reason.NO_FACE);
    assertReason(detector, painted(face, 255), List.of(face(10, 10, 59)), Reason.FACE_TOO_SMALL);
    assertReason(detector, TestMedia.plain(WIDTH, HEIGHT, 9, 9, 9), List.of(face), Reason.TOO_DARK);
    Point same = new Point(170, 90);
    Face flat = new Face(face.box(), 0.9, face.exactBox(), List.of(same, same, same, same, same));
    assertReason(detector, painted(face, 255), List.of(flat), Reason.NO_FACE);
    try (MediaContext media =
        TestMedia.context(
            TestMedia.astronaut(folder),
            Modality.IMAGE,
            DecodeLimits.DEFAULT,
            TestMedia.NO_FACES)) {
      assertThatThrownBy(() -> detector.detect(media))
          .isInstanceOfSatisfying(
              DetectionException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_INSTALLED));
    }
  }

  @Test
  void scoresAPhotographByTheFaceThatYuNetFinds() {
    Path root = folder.resolve("models");
    PublishedYuNet.install(root);
    Detector detector = detector("", "");
    try (MediaContext media =
        TestMedia.context(
            TestMedia.astronaut(folder),
            Modality.IMAGE,
            DecodeLimits.DEFAULT,
            FaceDetectors.of(new ModelStore(root), models))) {
      DetectorReport report = detector.detect(media);

      assertThat(report.score()).isBetween(0.7, 0.95);
      assertThat(report.evidence().faces().detector()).isEqualTo("yunet 2026-05");
      assertThat(report.modelVersion()).startsWith("1.faces-");
      assertThat(report.evidence().regions()).hasSize(1);
      assertThat(report.reliability().doubt())
          .isEqualTo("Faces of fewer than 120 pixels mislead it.");
    }
  }

  private static int samples(DetectorReport report) {
    return report.evidence().faces().people().stream().mapToInt(Person::samples).sum();
  }

  private void assertReason(Detector detector, RgbImage image, List<Face> faces, Reason reason) {
    try (MediaContext media = picture(image, faces)) {
      assertThatThrownBy(() -> detector.detect(media))
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
  }

  /** A face whose landmarks are those of the template. */
  private static Face face(int x, int y, int side) {
    Rectangle box = new Rectangle(x, y, side, side);
    List<Point> landmarks = new ArrayList<>();
    for (double[] place : TEMPLATE) {
      landmarks.add(new Point(x + place[0] * side, y + place[1] * side));
    }
    return new Face(box, 0.9, FaceBox.of(box), landmarks);
  }

  /** Magenta, and that much green within a face. */
  private static RgbImage painted(Face face, int green) {
    return paint(TestMedia.plain(WIDTH, HEIGHT, 120, 0, 120), face, green);
  }

  private static RgbImage painted(RgbImage image, Face face) {
    return paint(image, face, 255);
  }

  private static RgbImage paint(RgbImage image, Face face, int green) {
    Rectangle box = face.box();
    for (int y = box.y(); y < box.y() + box.height(); y++) {
      for (int x = box.x(); x < box.x() + box.width(); x++) {
        image.data()[(y * WIDTH + x) * RgbImage.CHANNELS + 1] = (byte) green;
      }
    }
    return image;
  }

  private MediaContext video(
      int frames, Function<Integer, RgbImage> pictures, Function<Integer, List<Face>> faces) {
    VideoSettings settings = VideoSettings.h264(WIDTH, HEIGHT).withCodec("png", "rgb24");
    Path file = folder.resolve("video" + System.nanoTime() + ".mov");
    TestMedia.video(file, settings, frames, pictures::apply);
    return TestMedia.context(file, Modality.VIDEO, DecodeLimits.DEFAULT, finder(faces.apply(0)));
  }

  private MediaContext picture(RgbImage image, List<Face> faces) {
    Path file = TestMedia.png(folder.resolve("picture" + System.nanoTime() + ".png"), image);
    return TestMedia.context(file, Modality.IMAGE, DecodeLimits.DEFAULT, finder(faces));
  }

  private static FaceDetector finder(List<Face> faces) {
    return new FaceDetector() {
      @Override
      public String name() {
        return "some faces";
      }

      @Override
      public boolean findsLandmarks() {
        return true;
      }

      @Override
      public List<Face> detect(RgbImage image) {
        return faces;
      }
    };
  }

  private static String people(String people, String aggregation) {
    return "\"people\": \"%s\", \"aggregation\": \"%s\"".formatted(people, aggregation);
  }

  private Detector detector(String region, String options) {
    String name = "own-faces" + Math.abs((region + options).hashCode());
    String manifest =
        TestModels.manifest(name, "1", SIDE)
            .replace(
                "{\"kind\": \"frame\"}",
                "{\"kind\": \"face\", \"align\": \"five-point\", \"minSize\": 60,"
                    + " \"doubtfulBelow\": 120"
                    + region
                    + "}")
            .replace(
                "\"licence\"",
                "\"pipeline\": \"face-classifier\", \"family\": \"gend\", \"options\": {"
                    + options
                    + "}, \"licence\"");
    Path root = folder.resolve("models");
    TestModels.install(
        root, manifest, TestModels.means(SIDE, new float[][] {{0, GREEN, 0}}, new float[1]));
    return DetectorRegistry.of(new ModelStore(root), models).find(name).orElseThrow();
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
