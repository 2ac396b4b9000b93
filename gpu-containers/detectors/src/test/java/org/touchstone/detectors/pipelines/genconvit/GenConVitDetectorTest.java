package org.touchstone.detectors.pipelines.genconvit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
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
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.Person;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class GenConVitDetectorTest {
  private static final int SIDE = 32;
  private static final int WIDTH = 200;
  private static final int HEIGHT = 100;

  /** Both networks take green for false, the second one less so. */
  private static final float[][] WEIGHTS = {{0, 4, 0}, {0, 0, 0}, {0, 2, 0}, {0, 0, 0}};

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
  void looksAtEachFaceAlongItsBox() {
    // Green within the face only: a margin would show as less.
    Face face = face(20, 10);
    try (MediaContext media = video(6, n -> painted(255, face), n -> List.of(face))) {
      DetectorReport report = detector("softmax-mean", "").detect(media);

      assertThat(report.score()).isCloseTo((sigmoid(4) + sigmoid(2)) / 2, within(1e-5));
      assertThat(report.evidence().timeline()).hasSize(media.frames().size());
      assertThat(report.evidence().faces().detector()).isEqualTo("some faces");
      assertThat(report.evidence().faces().people())
          .singleElement()
          .satisfies(person -> assertThat(person.samples()).isEqualTo(media.frames().size()));
      assertThat(report.evidence().regions()).hasSameSizeAs(media.frames());
    }
  }

  @Test
  void givesTheReferenceScoreWhereAsked() {
    Face face = face(20, 10);
    try (MediaContext media = video(6, n -> painted(255, face), n -> List.of(face))) {
      DetectorReport report = detector("reference", "").detect(media);

      assertThat(report.score()).isCloseTo((sigmoid(4) + sigmoid(2)) / 2, within(1e-5));
    }
    try (MediaContext media = video(6, n -> painted(0, face), n -> List.of(face))) {
      // Both classes are equal, which counts for true: one less the sigmoid of zero.
      assertThat(detector("reference", "").detect(media).score()).isCloseTo(0.5, within(1e-5));
    }
  }

  @Test
  void tellsPeopleApartAndTakesTheHighest() {
    Face left = face(10, 10);
    Face right = face(110, 10);
    IntFunction<RgbImage> pictures = n -> painted(255, right);
    try (MediaContext media = video(6, pictures, n -> List.of(left, right))) {
      DetectorReport highest = detector("softmax-mean", "").detect(media);
      DetectorReport mean = detector("softmax-mean", ", \"people\": \"mean\"").detect(media);

      List<Person> people = highest.evidence().faces().people();
      assertThat(people).extracting(Person::number).containsExactly(2, 1);
      assertThat(highest.score()).isEqualTo(people.getFirst().score());
      assertThat(people.get(1).score()).isCloseTo(0.5, within(1e-5));
      assertThat(mean.score())
          .isCloseTo((people.get(0).score() + people.get(1).score()) / 2, within(1e-5));
    }
  }

  @Test
  void looksAtABoundedNumberOfFacesOfEveryFrame() {
    List<Face> crowd = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      crowd.add(new Face(new Rectangle(20 * i, 10, 18, 40), 0.9 - i / 100.0));
    }
    try (MediaContext media = video(6, n -> painted(255, crowd.getFirst()), n -> crowd)) {
      DetectorReport spread = detector("softmax-mean", "").detect(media);
      DetectorReport first = detector("reference", "").detect(media);

      int frames = media.frames().size();
      assertThat(samples(spread)).isEqualTo(32);
      assertThat(spread.evidence().regions().getLast().time())
          .isEqualTo(media.frames().getLast().seconds());
      assertThat(samples(first)).isEqualTo(frames);
      assertThat(first.evidence().regions()).allMatch(region -> region.time() == 0);
    }
  }

  @Test
  void saysWhyItGivesNoScore() {
    Face face = face(20, 10);
    Detector detector = detector("softmax-mean", "");
    try (MediaContext nobody = video(3, n -> painted(255, face), n -> List.of())) {
      assertReason(detector, nobody, Reason.NO_FACE);
    }
    try (MediaContext dark =
        video(3, n -> TestMedia.plain(WIDTH, HEIGHT, 9, 9, 9), n -> List.of(face))) {
      assertReason(detector, dark, Reason.TOO_DARK);
    }
    Face small = new Face(new Rectangle(5, 5, 15, 40), 0.9);
    try (MediaContext media = video(3, n -> painted(255, face), n -> List.of(small))) {
      assertReason(detector, media, Reason.FACE_TOO_SMALL);
    }
  }

  private static int samples(DetectorReport report) {
    return report.evidence().faces().people().stream().mapToInt(Person::samples).sum();
  }

  private static void assertReason(Detector detector, MediaContext media, Reason reason) {
    assertThatThrownBy(() -> detector.detect(media))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Face face(int x, int y) {
    return new Face(new Rectangle(x, y, 64, 64), 0.9);
  }

  /** Grey, and that much green within a face. */
  private static RgbImage painted(int green, Face face) {
    RgbImage image = TestMedia.plain(WIDTH, HEIGHT, 120, 0, 120);
    Rectangle box = face.box();
    for (int y = box.y(); y < box.y() + box.height(); y++) {
      for (int x = box.x(); x < box.x() + box.width(); x++) {
        image.data()[(y * WIDTH + x) * RgbImage.CHANNELS + 1] = (byte) green;
      }
    }
    return image;
  }

  private MediaContext video(
      int frames, IntFunction<RgbImage> pictures, IntFunction<List<Face>> faces) {
    VideoSettings settings = VideoSettings.h264(WIDTH, HEIGHT).withCodec("png", "rgb24");
    Path file = folder.resolve("video" + System.nanoTime() + ".mov");
    TestMedia.video(file, settings, frames, pictures);
    return TestMedia.context(file, Modality.VIDEO, DecodeLimits.DEFAULT, detector(faces));
  }

  private static FaceDetector detector(IntFunction<List<Face>> faces) {
    return new FaceDetector() {
      @Override
      public String name() {
        return "some faces";
      }

      @Override
      public List<Face> detect(RgbImage image) {
        return faces.apply(0);
      }
    };
  }

  private Detector detector(String aggregation, String more) {
    String options = "{\"aggregation\": \"" + aggregation + "\"" + more + "}";
    String name = "faces" + Math.abs(options.hashCode());
    String manifest =
        TestModels.manifest(name, "1", SIDE)
            .replace("\"sigmoid\"", "\"softmax\"")
            .replace("\"kind\": \"frame\"", "\"kind\": \"face\", \"minSize\": 16")
            .replace(
                "\"licence\"",
                "\"pipeline\": \"genconvit\", \"options\": " + options + ", \"licence\"");
    Path root = folder.resolve("models");
    TestModels.install(root, manifest, twoNetworks());
    return DetectorRegistry.of(new ModelStore(root), models).find(name).orElseThrow();
  }

  /** A row of two classes for each of two networks, as GenConViT's graph gives them. */
  private static byte[] twoNetworks() {
    try {
      ModelProto flat = ModelProto.parseFrom(TestModels.means(SIDE, WEIGHTS, new float[4]));
      GraphProto.Builder graph = flat.getGraph().toBuilder();
      int last = graph.getNodeCount() - 1;
      graph.setNode(last, graph.getNode(last).toBuilder().clearOutput().addOutput("flat"));
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName("rows")
              .setDataType(TensorProto.DataType.INT64_VALUE)
              .addDims(3)
              .addInt64Data(0)
              .addInt64Data(2)
              .addInt64Data(2));
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("Reshape")
              .addInput("flat")
              .addInput("rows")
              .addOutput("logits"));
      ValueInfoProto.Builder output = graph.getOutput(0).toBuilder();
      TensorShapeProto.Builder shape =
          TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("batch"));
      shape.addDim(Dimension.newBuilder().setDimValue(2));
      shape.addDim(Dimension.newBuilder().setDimValue(2));
      output.getTypeBuilder().getTensorTypeBuilder().setShape(shape);
      return flat.toBuilder().setGraph(graph.setOutput(0, output)).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
