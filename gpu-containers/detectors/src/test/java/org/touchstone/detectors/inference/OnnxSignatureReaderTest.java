package org.touchstone.detectors.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TrainingInfoProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.models.ModelException;
import org.touchstone.testing.models.TestModels;

class OnnxSignatureReaderTest {
  private static final byte[] MODEL =
      TestModels.clipMeans(8, 16, new float[][] {{1, 2, 4}, {0, 0, 1}}, new float[] {0.5f, 0});

  @TempDir Path folder;

  @Test
  void readsNamesTypesAndShapes() throws IOException {
    OnnxSignature signature = read(MODEL);

    assertThat(signature.opset()).isEqualTo(13);
    assertThat(signature.inputs()).containsOnlyKeys("images");
    assertThat(signature.inputs().get("images").type()).isEqualTo(OnnxSignature.UINT8);
    assertThat(signature.inputs().get("images").shape())
        .containsExactly(OnnxSignature.ANY, 8, 16, 16, 3);
    assertThat(signature.outputs().get("logits").type()).isEqualTo(OnnxSignature.FLOAT32);
    assertThat(signature.outputs().get("logits").shape()).containsExactly(OnnxSignature.ANY, 2);
    assertThat(signature.externalFiles()).isEmpty();
  }

  @Test
  void countsNoWeightsAmongTheInputsAndNamesTheirFiles() throws IOException {
    ModelProto.Builder model = ModelProto.parseFrom(MODEL).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    graph.addInput(ValueInfoProto.newBuilder().setName("bias"));
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName("more")
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", "weights.bin"))
            .addExternalData(entry("offset", "4096")));

    OnnxSignature signature = read(model.build().toByteArray());

    assertThat(signature.inputs()).containsOnlyKeys("images");
    assertThat(signature.externalFiles()).containsExactly("weights.bin");
  }

  @Test
  void namesTheFilesOfWeightsWhereverTheyAre() throws IOException {
    NodeProto inner = constant("in-a-loop.bin");
    NodeProto loop =
        NodeProto.newBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("body")
                    .setG(
                        GraphProto.newBuilder()
                            .addInitializer(external("in-a-body.bin"))
                            .addNode(inner)))
            .build();
    ModelProto.Builder model = ModelProto.parseFrom(MODEL).toBuilder();
    model.getGraphBuilder().addNode(constant("of-a-node.bin")).addNode(loop);
    model
        .getGraphBuilder()
        .addSparseInitializer(SparseTensorProto.newBuilder().setValues(external("sparse.bin")));
    model.addFunctions(FunctionProto.newBuilder().addNode(constant("in-a-function.bin")));
    model.addTrainingInfo(
        TrainingInfoProto.newBuilder()
            .setAlgorithm(GraphProto.newBuilder().addInitializer(external("../training.bin"))));

    OnnxSignature signature = read(model.build().toByteArray());

    assertThat(signature.externalFiles())
        .containsExactlyInAnyOrder(
            "of-a-node.bin",
            "in-a-loop.bin",
            "in-a-body.bin",
            "sparse.bin",
            "in-a-function.bin",
            "../training.bin");
    assertThat(signature.inputs()).containsOnlyKeys("images");
  }

  @Test
  void refusesGraphsNestedWithoutEnd() throws IOException {
    GraphProto graph = GraphProto.newBuilder().addNode(constant("deep.bin")).build();
    for (int i = 0; i < 40; i++) {
      graph =
          GraphProto.newBuilder()
              .addNode(
                  NodeProto.newBuilder()
                      .addAttribute(AttributeProto.newBuilder().setName("body").setG(graph)))
              .build();
    }
    byte[] nested = ModelProto.newBuilder().setGraph(graph).build().toByteArray();

    assertThatThrownBy(() -> read(nested))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("nested too deep");
  }

  @Test
  void refusesThreeGigabytesWithoutReadingThem() throws IOException {
    Path file = folder.resolve("model.onnx");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(3_000_000_000L);
    }

    assertThatThrownBy(() -> OnnxSignatureReader.read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("larger than the 2 GiB");
  }

  private static TensorProto external(String file) {
    return TensorProto.newBuilder()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", file))
        .build();
  }

  private static NodeProto constant(String file) {
    return NodeProto.newBuilder()
        .setOpType("Constant")
        .addAttribute(AttributeProto.newBuilder().setName("value").setT(external(file)))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no model at all", "\u0000\u0000\u0000\u0000", "<html></html>"})
  void refusesWhatIsNoModel(String content) {
    assertThatThrownBy(() -> read(content.getBytes()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.onnx is not an ONNX model")
        .hasMessageNotContaining(folder.toString());
  }

  @Test
  void endsInItsReasonWhereverTheFileIsCutOff() {
    for (int length = 0; length < MODEL.length; length++) {
      byte[] cut = Arrays.copyOf(MODEL, length);
      try {
        // A cut between two parts leaves a file that is well-formed as far as it goes.
        read(cut);
      } catch (Exception e) {
        assertThat(e).isInstanceOf(ModelException.class);
      }
    }
  }

  @Test
  void endsInItsReasonWhateverTheBytes() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = MODEL.clone();
      for (int k = 0; k < 1 + i % 4; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        read(damaged);
      } catch (Exception e) {
        assertThat(e).isInstanceOf(ModelException.class);
      }
    }
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private OnnxSignature read(byte[] bytes) throws IOException {
    Path file = folder.resolve("model.onnx");
    Files.write(file, bytes);
    return OnnxSignatureReader.read(file);
  }
}
