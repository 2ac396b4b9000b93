package org.touchstone.detectors.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

/** ONNX files that reach for other files, or are not whole. */
class HostileModelsTest {
  private static final int SIDE = 4;
  private static final byte[] MODEL =
      TestModels.means(SIDE, new float[][] {{1, 2, 4}}, new float[1]);

  @TempDir Path root;

  /** ONNX Runtime would open the file while it loads the model. */
  @ParameterizedTest
  @ValueSource(strings = {"../../secret", "/etc/hostname", "sub/weights.bin", "weights.bin"})
  void refusesConstantsInAFileThatIsNotListed(String location) throws Exception {
    Files.write(root.resolve("secret"), new byte[64]);
    ModelProto.Builder model = ModelProto.parseFrom(MODEL).toBuilder();
    model
        .getGraphBuilder()
        .addNode(
            NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("stolen")
                .addAttribute(
                    AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeProto.AttributeType.TENSOR)
                        .setT(
                            TensorProto.newBuilder()
                                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                                .addDims(16)
                                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                                .addExternalData(
                                    StringStringEntryProto.newBuilder()
                                        .setKey("location")
                                        .setValue(location)))));

    assertThat(refusal(model.build().toByteArray()))
        .contains("files does not list")
        .doesNotContain(location);
  }

  @Test
  void refusesAListedFileThatLeadsOutOfTheFolder() throws Exception {
    TestModels.install(root, TestModels.manifest("a", "1", SIDE), MODEL);
    Path model = root.resolve("a/1/model.onnx");
    Path elsewhere = Files.move(model, root.resolve("elsewhere"));
    Files.createSymbolicLink(model, elsewhere);

    try (OnnxModels models = new OnnxModels(new ModelStore(root), OnnxSettings.DEFAULT)) {
      assertThatThrownBy(() -> models.use(model("a"), loaded -> loaded))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("not a regular file");
    }
  }

  @Test
  void refusesAModelThatIsCutShortEvenIfItsHashIsListed() throws Exception {
    for (int length = 1; length < MODEL.length; length += 7) {
      String name = "cut" + length;
      TestModels.install(root, TestModels.manifest(name, "1", SIDE), Arrays.copyOf(MODEL, length));
      try (OnnxModels models = new OnnxModels(new ModelStore(root), OnnxSettings.DEFAULT)) {
        assertThatThrownBy(() -> models.use(model(name), loaded -> loaded))
            .as("%d of %d bytes", length, MODEL.length)
            .isInstanceOf(ModelException.class);
      }
    }
  }

  private InstalledModel model(String name) {
    return new ModelStore(root).find(name).orElseThrow();
  }

  private String refusal(byte[] bytes) {
    TestModels.install(root, TestModels.manifest("a", "1", SIDE), bytes);
    try (OnnxModels models = new OnnxModels(new ModelStore(root), OnnxSettings.DEFAULT)) {
      Throwable refusal = catchThrowable(() -> models.use(model("a"), loaded -> loaded));
      assertThat(refusal).isInstanceOf(ModelException.class);
      return refusal.getMessage();
    }
  }
}
