package org.touchstone.detectors.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.OnnxSettings.Device;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

class OnnxModelsTest {
  private static final int SIDE = 4;
  private static final byte[] MODEL =
      TestModels.means(SIDE, new float[][] {{1, 2, 4}, {0, 0, 1}}, new float[] {0.5f, 0});

  @TempDir Path root;

  @Test
  void givesTheSameForFewRunsAsForMany() {
    install("a");
    Values data = bytes(new byte[SIDE * SIDE * 3]);
    try (OnnxModels many = new OnnxModels(new ModelStore(root), OnnxSettings.DEFAULT);
        OnnxModels few = new OnnxModels(new ModelStore(root), OnnxSettings.DEFAULT.forFewRuns())) {
      float[][] expected = many.use(model("a"), loaded -> loaded.run(data, 1));

      assertThat(few.use(model("a"), loaded -> loaded.run(data, 1))[0])
          .containsExactly(expected[0], within(1e-6f));
    }
  }

  @Test
  void runsABatch() {
    install("a");
    byte[] data = new byte[2 * SIDE * SIDE * 3];
    Arrays.fill(data, SIDE * SIDE * 3, data.length, (byte) 255);

    try (OnnxModels models = models(1L << 20)) {
      float[][] rows = models.use(model("a"), loaded -> loaded.run(bytes(data), 2));

      assertThat(rows).hasDimensions(2, 2);
      assertThat(rows[0]).containsExactly(new float[] {0.5f, 0}, within(1e-6f));
      assertThat(rows[1]).containsExactly(new float[] {7.5f, 1}, within(1e-5f));
    }
  }

  @Test
  void loadsAModelOnceAndUnloadsTheLeastRecentlyUsed() {
    install("a");
    install("b");
    install("c");
    try (OnnxModels models = models(2L * MODEL.length)) {
      OnnxModel a = models.use(model("a"), loaded -> loaded);
      models.use(model("b"), loaded -> loaded);
      OnnxModel again = models.use(model("a"), loaded -> loaded);
      assertThat(again).isSameAs(a);

      models.use(model("c"), loaded -> loaded);

      assertThat(models.loaded()).isEqualTo(2);
      OnnxModel kept = models.use(model("a"), loaded -> loaded);
      assertThat(kept).isSameAs(a);
    }
  }

  @Test
  void neverUnloadsAModelInUse() throws Exception {
    install("a");
    install("b");
    CountDownLatch inUse = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (OnnxModels models = models(MODEL.length);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<float[][]> first =
          threads.submit(
              () ->
                  models.use(
                      model("a"),
                      loaded -> {
                        inUse.countDown();
                        await(release);
                        return loaded.run(bytes(new byte[SIDE * SIDE * 3]), 1);
                      }));
      await(inUse);
      Future<float[][]> second =
          threads.submit(
              () ->
                  models.use(
                      model("b"), loaded -> loaded.run(bytes(new byte[SIDE * SIDE * 3]), 1)));

      assertThat(models.loaded()).isEqualTo(1);
      release.countDown();

      assertThat(first.get(30, TimeUnit.SECONDS)).hasDimensions(1, 2);
      assertThat(second.get(30, TimeUnit.SECONDS)).hasDimensions(1, 2);
    }
  }

  @Test
  void answersManyThreadsAtOnce() throws Exception {
    install("a");
    try (OnnxModels models = models(1L << 20);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<float[][]>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        byte[] data = new byte[SIDE * SIDE * 3];
        Arrays.fill(data, (byte) i);
        answers.add(threads.submit(() -> models.use(model("a"), m -> m.run(bytes(data), 1))));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get(30, TimeUnit.SECONDS)[0][1])
            .isCloseTo(i / 255f, within(1e-5f));
      }
    }
  }

  @Test
  void refusesAModelLargerThanTheMemory() {
    install("a");

    try (OnnxModels models = models(10)) {
      assertThatThrownBy(() -> models.use(model("a"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("for models");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"name\": \"images\" | \"name\": \"pictures\"               | input.name",
        "\"height\": 4        | \"height\": 5                        | input differs",
        "\"NHWC\"             | \"NTHWC\", \"frames\": 2             | input differs",
        "\"name\": \"logits\" | \"name\": \"scores\"                 | output.name",
        "\"fakeIndex\": 0     | \"fakeIndex\": 2                     | output.fakeIndex"
      })
  void refusesAModelThatIsNotWhatItsManifestSays(String from, String to, String message) {
    String manifest = TestModels.manifest("a", "1", SIDE).replace(from, to);
    TestModels.install(root, manifest, MODEL);

    try (OnnxModels models = models(1L << 20)) {
      assertThatThrownBy(() -> models.use(model("a"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(message);
      assertThat(models.loaded()).isZero();
    }
  }

  @Test
  void refusesAModelOfTheWrongTypesOrWithMoreInputsThanItsManifestGives() throws Exception {
    ModelProto model = ModelProto.parseFrom(MODEL);
    ModelProto.Builder floats = model.toBuilder();
    type(floats.getGraphBuilder().getInputBuilder(0)).setElemType(1);
    ModelProto.Builder more = model.toBuilder();
    more.getGraphBuilder().addInput(model.getGraph().getInput(0).toBuilder().setName("noise"));
    ModelProto.Builder fixed = model.toBuilder();
    type(fixed.getGraphBuilder().getInputBuilder(0)).getShapeBuilder().setDim(0, dim(8));

    assertThat(refusal(floats)).contains("its type is not uint8");
    assertThat(refusal(more)).contains("[images, noise]");
    assertThat(refusal(fixed)).contains("its batch must be 1 or free");
  }

  @Test
  void refusesWhatThisRuntimeDoesNotKnow() throws Exception {
    ModelProto model = ModelProto.parseFrom(MODEL);
    ModelProto.Builder opset = model.toBuilder();
    opset.getOpsetImportBuilder(0).setVersion(999);
    ModelProto.Builder operator = model.toBuilder();
    operator.getGraphBuilder().getNodeBuilder(1).setOpType("Multiply");
    ModelProto.Builder loose = model.toBuilder();
    loose.getGraphBuilder().getNodeBuilder(1).setInput(0, "nowhere");

    assertThat(refusal(opset))
        .isEqualTo(
            "model.onnx cannot be loaded: it uses an operator set that this ONNX Runtime does not"
                + " know");
    assertThat(refusal(operator)).startsWith("model.onnx cannot be loaded: ");
    assertThat(refusal(loose))
        .isEqualTo("model.onnx cannot be loaded: ONNX Runtime does not accept its graph");
  }

  @Test
  void refusesWeightsInAFileThatIsNotListed() throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(MODEL).toBuilder();
    model
        .getGraphBuilder()
        .getInitializerBuilder(1)
        .clearFloatData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(
            StringStringEntryProto.newBuilder().setKey("location").setValue("../../secret"));

    assertThat(refusal(model)).contains("files does not list").doesNotContain("secret");
  }

  @Test
  void runsAModelOfAFixedBatchOneByOne() throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(MODEL).toBuilder();
    type(model.getGraphBuilder().getInputBuilder(0)).getShapeBuilder().setDim(0, dim(1));
    type(model.getGraphBuilder().getOutputBuilder(0)).getShapeBuilder().setDim(0, dim(1));
    TestModels.install(root, TestModels.manifest("a", "1", SIDE), model.build().toByteArray());
    byte[] data = new byte[3 * SIDE * SIDE * 3];
    Arrays.fill(data, SIDE * SIDE * 3, 2 * SIDE * SIDE * 3, (byte) 255);

    try (OnnxModels models = models(1L << 20)) {
      float[][] rows = models.use(model("a"), loaded -> loaded.run(bytes(data), 3));

      assertThat(rows[0]).containsExactly(new float[] {0.5f, 0}, within(1e-6f));
      assertThat(rows[1]).containsExactly(new float[] {7.5f, 1}, within(1e-5f));
      assertThat(rows[2]).containsExactly(rows[0]);
    }
  }

  @Test
  void givesTheSameTogetherAsAlone() throws Exception {
    install("a");
    Random random = new Random(3);
    try (OnnxModels models = models(1L << 20);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<byte[]> pictures = new ArrayList<>();
      List<Future<float[][]>> together = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        byte[] data = new byte[SIDE * SIDE * 3];
        random.nextBytes(data);
        pictures.add(data);
        together.add(threads.submit(() -> models.use(model("a"), m -> m.run(bytes(data), 1))));
      }
      for (int i = 0; i < pictures.size(); i++) {
        byte[] data = pictures.get(i);
        float[] alone = models.use(model("a"), m -> m.run(bytes(data), 1))[0];
        assertThat(together.get(i).get()[0]).containsExactly(alone, within(1e-6f));
      }
    }
  }

  @Test
  void fillsExtraInputsTheSameForEveryPicture() throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(MODEL).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    ValueInfoProto.Builder noise = graph.getOutput(0).toBuilder().setName("noise");
    graph.addInput(noise);
    graph.getNodeBuilder(graph.getNodeCount() - 1).setOutput(0, "sum");
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Add")
            .addInput("sum")
            .addInput("noise")
            .addOutput("logits"));
    byte[] data = new byte[3 * SIDE * SIDE * 3];

    float[][] zeros = run(withNoise("[2]", "zeros"), model.build().toByteArray(), data);
    assertThat(zeros[2]).containsExactly(new float[] {0.5f, 0}, within(1e-6f));

    float[][] normal = run(withNoise("[2]", "standard-normal"), model.build().toByteArray(), data);
    assertThat(normal[0][0] - 0.5f).isNotZero().isNotEqualTo(normal[0][1]);
    assertThat(normal[1]).containsExactly(normal[0]);
    assertThat(normal[2]).containsExactly(normal[0]);

    TestModels.install(root, withNoise("[3]", "zeros"), model.build().toByteArray());
    try (OnnxModels models = models(1L << 20)) {
      assertThatThrownBy(() -> models.use(model("a"), loaded -> loaded))
          .hasMessageContaining("extraInputs differ");
    }
  }

  @Test
  void runsAFaceDetectorOnPicturesOfAnySize() throws Exception {
    ModelProto.Builder model = ModelProto.parseFrom(MODEL).toBuilder();
    TensorShapeProto.Builder shape =
        type(model.getGraphBuilder().getInputBuilder(0)).getShapeBuilder();
    shape.setDim(1, TensorShapeProto.Dimension.newBuilder().setDimParam("height"));
    shape.setDim(2, TensorShapeProto.Dimension.newBuilder().setDimParam("width"));
    String manifest =
        """
        {"name": "a", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
         "files": {"model.onnx": "@SHA256@"}, "role": "face-detector",
         "input": {"name": "images", "layout": "nhwc", "dtype": "uint8"}, "trainedOn": []}
        """;
    TestModels.install(root, manifest, model.build().toByteArray());
    byte[] white = new byte[2 * 7 * 3];
    Arrays.fill(white, (byte) 255);

    try (OnnxModels models = models(1L << 20)) {
      NamedTensor picture = new NamedTensor(bytes(white), 1, 2, 7, 3);
      Map<String, NamedTensor> outputs =
          models.use(
              model("a"),
              loaded -> loaded.runAlone(1, Map.of("images", picture), Set.of("logits")));
      assertThat(outputs.get("logits").shape()).containsExactly(1, 2);
      assertThat(outputs.get("logits").values().floats())
          .containsExactly(new float[] {7.5f, 1}, within(1e-5f));
    }
  }

  private static Values bytes(byte[] data) {
    return new Values.Bytes(data);
  }

  private static String withNoise(String shape, String fill) {
    return TestModels.manifest("a", "1", SIDE)
        .replace(
            "\"output\"",
            "\"extraInputs\": [{\"name\": \"noise\", \"dtype\": \"float32\", \"shape\": %s, \"fill\": \"%s\"}], \"output\""
                .formatted(shape, fill));
  }

  private float[][] run(String manifest, byte[] onnx, byte[] data) {
    TestModels.install(root, manifest, onnx);
    try (OnnxModels models = models(1L << 20)) {
      return models.use(
          model("a"), loaded -> loaded.run(bytes(data), data.length / (SIDE * SIDE * 3)));
    }
  }

  private String refusal(ModelProto.Builder model) {
    TestModels.install(root, TestModels.manifest("a", "1", SIDE), model.build().toByteArray());
    try (OnnxModels models = models(1L << 20)) {
      Throwable refusal = catchThrowable(() -> models.use(model("a"), loaded -> loaded));
      assertThat(refusal).isInstanceOf(ModelException.class);
      assertThat(models.loaded()).isZero();
      return refusal.getMessage();
    }
  }

  private static TypeProto.Tensor.Builder type(ValueInfoProto.Builder value) {
    return value.getTypeBuilder().getTensorTypeBuilder();
  }

  private static TensorShapeProto.Dimension.Builder dim(long size) {
    return TensorShapeProto.Dimension.newBuilder().setDimValue(size);
  }

  @Test
  void refusesWhatIsNoOnnxAndWhatWasTamperedWith() throws Exception {
    TestModels.install(root, TestModels.manifest("a", "1", SIDE), "no model".getBytes());
    install("b");
    Files.write(root.resolve("b/1/model.onnx"), new byte[] {1, 2, 3});

    try (OnnxModels models = models(1L << 20)) {
      assertThatThrownBy(() -> models.use(model("a"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageNotContaining(root.toString());
      assertThatThrownBy(() -> models.use(model("b"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("SHA-256");
    }
  }

  @Test
  void stopsWaitingForMemoryWhenInterrupted() throws Exception {
    install("a");
    install("b");
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch inUse = new CountDownLatch(1);
    try (OnnxModels models = models(MODEL.length);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.submit(
          () ->
              models.use(
                  model("a"),
                  loaded -> {
                    inUse.countDown();
                    await(release);
                    return null;
                  }));
      await(inUse);

      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> models.use(model("b"), loaded -> loaded))
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(Thread.interrupted()).isTrue();
      release.countDown();
    }
  }

  private void install(String name) {
    TestModels.install(root, TestModels.manifest(name, "1", SIDE), MODEL);
  }

  private InstalledModel model(String name) {
    return new ModelStore(root).open(name, "1");
  }

  private OnnxModels models(long bytes) {
    return new OnnxModels(new ModelStore(root), new OnnxSettings(Device.CPU, 1, 2, bytes));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
