package org.touchstone.detectors.pipelines.ufd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.HeatMap;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.context.PeakFrame;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelStore;
import org.touchstone.models.Resampling;
import org.touchstone.testing.models.TestModels;

/** The model's logit is a sum of the channels' means; a patch's logit is its pixels' mean. */
class UniversalFakeDetectorTest {
  private static final int SIDE = 8;
  private static final float[][] WEIGHTS = {{3, -5, 2.5f}};
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
  void scoresAPictureAndMapsItsPatches() throws IOException {
    Path file = picture(97, 61);
    Detector detector = detector(manifest(true));
    try (MediaContext media = TestMedia.context(file, Modality.IMAGE, LIMITS)) {

      DetectorReport report = detector.detect(media);

      RgbImage seen =
          ImageScaler.scale(
              media.image(), Rectangle.of(media.image()), SIDE, SIDE, Resampling.BICUBIC);
      assertThat(report.score()).isCloseTo(sigmoid(logit(seen)), within(1e-5));
      assertThat(report.evidence().timeline()).isEmpty();
      assertThat(report.evidence().heatmapKey()).isNull();
      assertThat(report.evidence().findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.name()).isEqualTo("patch tokens through the head");
                assertThat(finding.value()).startsWith("8 x 8 patches, 0.");
              });
      assertThat(media.pictures()).singleElement();
      assertThat(media.pictures().getFirst().detector()).isEqualTo("ufd");
      BufferedImage map =
          ImageIO.read(new ByteArrayInputStream(((HeatMap) media.pictures().getFirst()).png()));
      assertThat(map.getWidth()).isEqualTo(SIDE);
      assertThat(map.getHeight()).isEqualTo(SIDE);
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          double mean = (seen.sample(x, y, 0) + seen.sample(x, y, 1) + seen.sample(x, y, 2)) / 765d;
          assertThat(map.getRaster().getSample(x, y, 0) / 255d)
              .isCloseTo(sigmoid(mean), within(0.004));
        }
      }
    }
  }

  @Test
  void looksAtTheMiddleAsItIsWhenTheHeadWasTrainedSo() throws IOException {
    Path file = picture(40, 30);
    Detector detector =
        detector(manifest(true).replace("\"layout\"", "\"fit\": \"crop\", \"layout\""));
    try (MediaContext media = TestMedia.context(file, Modality.IMAGE, LIMITS)) {
      assertThat(detector.detect(media).score())
          .isCloseTo(sigmoid(logit(ImageScaler.crop(media.image(), SIDE, SIDE))), within(1e-5));
    }
  }

  @Test
  void looksAtFramesOfAVideoWithoutFaces() {
    Path file = TestMedia.faceVideo(folder, 50);
    Detector detector = detector(manifest(true));
    try (MediaContext media = TestMedia.context(file, Modality.VIDEO, LIMITS)) {

      DetectorReport report = detector.detect(media);

      assertThat(report.evidence().timeline()).hasSize(6);
      assertThat(report.score())
          .isCloseTo(
              report.evidence().timeline().stream()
                  .mapToDouble(TimelineSegment::score)
                  .average()
                  .orElseThrow(),
              within(1e-9));
      assertThat(report.evidence().findings()).isEmpty();
      assertThat(report.evidence().peaks()).isNotEmpty();
      assertThat(media.pictures())
          .hasSameSizeAs(report.evidence().peaks())
          .allSatisfy(picture -> assertThat(picture).isInstanceOf(PeakFrame.class));
    }
  }

  @Test
  void needsNoPatches() throws IOException {
    Path file = picture(20, 20);
    Detector detector = detector(manifest(false));
    try (MediaContext media = TestMedia.context(file, Modality.IMAGE, LIMITS)) {
      assertThat(detector.detect(media).evidence().findings()).isEmpty();
      assertThat(media.pictures()).isEmpty();
    }
  }

  private static double logit(RgbImage image) {
    double logit = -0.25;
    for (int c = 0; c < RgbImage.CHANNELS; c++) {
      double sum = 0;
      for (int i = c; i < image.data().length; i += RgbImage.CHANNELS) {
        sum += (image.data()[i] & 0xff) / 255d;
      }
      logit += WEIGHTS[0][c] * sum / (image.width() * image.height());
    }
    return logit;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private Path picture(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, (x * 5 & 0xff) << 16 | (y * 7 & 0xff) << 8 | x * y & 0xff);
      }
    }
    Path file = folder.resolve("picture.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static String manifest(boolean heatmap) {
    String more =
        "\"pipeline\": \"clip-vit\","
            + (heatmap
                ? "\"heatmap\": {\"output\": \"patch_logits\", \"rows\": 8, \"columns\": 8},"
                : "");
    return TestModels.manifest("ufd", "1", SIDE).replace("\"output\"", more + " \"output\"");
  }

  private Detector detector(String manifest) {
    TestModels.install(folder.resolve("models"), manifest, model());
    return DetectorRegistry.of(store, models).find("ufd").orElseThrow();
  }

  private static byte[] model() {
    try {
      ModelProto.Builder model =
          ModelProto.parseFrom(TestModels.means(SIDE, WEIGHTS, new float[] {-0.25f})).toBuilder();
      GraphProto.Builder graph = model.getGraphBuilder();
      graph.addInitializer(
          TensorProto.newBuilder()
              .setName("patches")
              .setDataType(TensorProto.DataType.INT64_VALUE)
              .addDims(2)
              .addInt64Data(0)
              .addInt64Data(SIDE * SIDE));
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("ReduceMean")
              .addInput("scaled")
              .addOutput("pixels")
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("axes")
                      .setType(AttributeType.INTS)
                      .addInts(3))
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("keepdims")
                      .setType(AttributeType.INT)
                      .setI(0)));
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("Reshape")
              .addInput("pixels")
              .addInput("patches")
              .addOutput("patch_logits"));
      ValueInfoProto.Builder output = graph.getOutput(0).toBuilder().setName("patch_logits");
      output
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .setShape(
              TensorShapeProto.newBuilder()
                  .addDim(Dimension.newBuilder().setDimParam("batch"))
                  .addDim(Dimension.newBuilder().setDimValue(SIDE * SIDE)));
      graph.addOutput(output);
      return model.build().toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
