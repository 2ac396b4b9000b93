package org.touchstone.testing.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Tiny models: the mean of each channel, 0..1, over a picture or a clip, times weights, plus a
 * bias.
 */
public final class TestModels {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 8;
  private static final int CHANNELS = 3;

  private TestModels() {}

  /** A manifest's JSON; tests adapt it with {@code replace}. */
  public static String manifest(String name, String version, int side) {
    return """
    {"name": "%s", "version": "%s", "licence": "Apache-2.0", "engine": "OnnxRuntime",
     "files": {"model.onnx": "@SHA256@"},
     "input": {"name": "images", "layout": "NHWC", "dtype": "uint8",
               "height": %d, "width": %d},
     "output": {"name": "logits", "activation": "sigmoid", "fakeIndex": 0},
     "region": {"kind": "frame"},
     "thresholds": {"uncertain": 0.33, "fake": 0.5},
     "category": "generative", "tracks": ["image", "video"],
     "trainedOn": ["nothing"], "calibratedOn": []}
    """
        .formatted(name, version, side, side);
  }

  /** Puts a model into a store. */
  public static void install(Path root, String manifest, byte[] model) {
    String name = manifest.replaceAll("(?s).*?\"name\": \"([^\"]+)\".*", "$1");
    String version = manifest.replaceAll("(?s).*?\"version\": \"([^\"]+)\".*", "$1");
    try {
      Path folder = Files.createDirectories(root.resolve(name).resolve(version));
      Files.write(folder.resolve("model.onnx"), model);
      Files.writeString(folder.resolve("model.json"), manifest.replace("@SHA256@", sha256(model)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts a model of several files into a store.
   *
   * @param manifest with {@code "@FILES@"} instead of the object with its files
   * @param files contents by name
   */
  public static void install(Path root, String manifest, Map<String, byte[]> files) {
    String name = manifest.replaceAll("(?s).*?\"name\": \"([^\"]+)\".*", "$1");
    String version = manifest.replaceAll("(?s).*?\"version\": \"([^\"]+)\".*", "$1");
    try {
      Path folder = Files.createDirectories(root.resolve(name).resolve(version));
      StringJoiner hashes = new StringJoiner(", ", "{", "}");
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
        hashes.add("\"%s\": \"%s\"".formatted(file.getKey(), sha256(file.getValue())));
      }
      Files.writeString(
          folder.resolve("model.json"), manifest.replace("\"@FILES@\"", hashes.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A model for pictures.
   *
   * @param weights weights of red, green and blue, per class
   * @param bias per class
   */
  public static byte[] means(int side, float[][] weights, float[] bias) {
    return model(List.of((long) side, (long) side), weights, bias);
  }

  /** A model for clips of this many frames. */
  public static byte[] clipMeans(int frames, int side, float[][] weights, float[] bias) {
    return model(List.of((long) frames, (long) side, (long) side), weights, bias);
  }

  private static byte[] model(List<Long> extent, float[][] weights, float[] bias) {
    int classes = weights.length;
    TensorProto.Builder matrix = tensor("weights", List.of((long) CHANNELS, (long) classes));
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (float[] row : weights) {
        matrix.addFloatData(row[channel]);
      }
    }
    TensorProto.Builder biases = tensor("bias", List.of((long) classes));
    for (float b : bias) {
      biases.addFloatData(b);
    }
    AttributeProto.Builder axes =
        AttributeProto.newBuilder().setName("axes").setType(AttributeType.INTS);
    for (int i = 1; i <= extent.size(); i++) {
      axes.addInts(i);
    }
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(Dimension.newBuilder().setDimParam("batch"));
    extent.forEach(d -> shape.addDim(Dimension.newBuilder().setDimValue(d)));
    shape.addDim(Dimension.newBuilder().setDimValue(CHANNELS));
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("means")
            .addInput(value("images", TensorProto.DataType.UINT8, shape))
            .addOutput(
                value(
                    "logits",
                    TensorProto.DataType.FLOAT,
                    TensorShapeProto.newBuilder()
                        .addDim(Dimension.newBuilder().setDimParam("batch"))
                        .addDim(Dimension.newBuilder().setDimValue(classes))))
            .addInitializer(tensor("scale", List.of()).addFloatData(1 / 255f))
            .addInitializer(matrix)
            .addInitializer(biases)
            .addNode(
                node("Cast", "float", "images")
                    .addAttribute(integer("to", TensorProto.DataType.FLOAT_VALUE)))
            .addNode(node("Mul", "scaled", "float", "scale"))
            .addNode(
                node("ReduceMean", "means", "scaled")
                    .addAttribute(axes)
                    .addAttribute(integer("keepdims", 0)))
            .addNode(node("MatMul", "weighted", "means", "weights"))
            .addNode(node("Add", "logits", "weighted", "bias"))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs)).addOutput(output);
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  private static TensorProto.Builder tensor(String name, List<Long> dims) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(TensorProto.DataType.FLOAT_VALUE)
        .addAllDims(dims);
  }

  private static ValueInfoProto.Builder value(
      String name, TensorProto.DataType type, TensorShapeProto.Builder shape) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)));
  }
}
