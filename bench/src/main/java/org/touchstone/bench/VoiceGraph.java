package org.touchstone.bench;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network of the size and form of wav2vec 2.0 XLS-R with 300 million weights, on which
 * Spectra-AASIST3 rests: seven convolutions of 512 channels, 24 transformer layers of 1,024
 * features, and the mean over time. Its weights are made by a formula. With 8 bits the products
 * with weights are those of dynamic quantisation (DynamicQuantizeLinear, MatMulInteger), as in the
 * published file; convolutions stay in single precision.
 */
final class VoiceGraph {
  static final int SAMPLES = 64_600;

  private static final int[] KERNELS = {10, 3, 3, 3, 3, 2, 2};
  private static final int[] STRIDES = {5, 2, 2, 2, 2, 2, 2};
  private static final int CHANNELS = 512;
  private static final int WIDTH = 1024;
  private static final int INNER = 4096;
  private static final int HEADS = 16;
  private static final int LAYERS = 24;
  private static final int POSITION_KERNEL = 128;
  private static final int POSITION_GROUPS = 16;
  private static final int OPSET = 17;
  private static final int IR_VERSION = 8;
  private static final float WEIGHT_SCALE = 0.0005f;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("voice");
  private final boolean eightBit;
  private final String dataFile;
  private final DataOutputStream data;
  private final SplittableRandom random = new SplittableRandom(1);
  private long offset;
  private int count;

  private VoiceGraph(boolean eightBit, String dataFile, OutputStream data) {
    this.eightBit = eightBit;
    this.dataFile = dataFile;
    this.data = new DataOutputStream(data);
  }

  /** Writes {@code model.onnx} and its weights, {@code model.data}. */
  static void write(Path folder, boolean eightBit) throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("model.data")), 1 << 20)) {
      VoiceGraph made = new VoiceGraph(eightBit, "model.data", out);
      made.build();
      made.data.flush();
      Files.write(
          folder.resolve("model.onnx"),
          ModelProto.newBuilder()
              .setIrVersion(IR_VERSION)
              .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
              .setGraph(made.graph)
              .build()
              .toByteArray());
    }
  }

  private void build() throws IOException {
    graph.addInput(value("wav", SAMPLES)).addOutput(value("logits", 2));
    String x = node("Unsqueeze", "wav", integers("axes", 1));
    int channels = 1;
    for (int i = 0; i < KERNELS.length; i++) {
      x =
          node(
              "Conv",
              List.of(x, floats(CHANNELS, channels, KERNELS[i])),
              ints("strides", STRIDES[i]));
      x = transposed(gelu(norm(transposed(x), CHANNELS)));
      channels = CHANNELS;
    }
    x = linear(norm(transposed(x), CHANNELS), CHANNELS, WIDTH);
    String position =
        node(
            "Conv",
            List.of(transposed(x), floats(WIDTH, WIDTH / POSITION_GROUPS, POSITION_KERNEL)),
            ints("pads", POSITION_KERNEL / 2, POSITION_KERNEL / 2 - 1),
            integer("group", POSITION_GROUPS));
    x = node("Add", x, transposed(gelu(position)));
    for (int i = 0; i < LAYERS; i++) {
      x = node("Add", x, attention(norm(x, WIDTH)));
      String inner = gelu(linear(norm(x, WIDTH), WIDTH, INNER));
      x = node("Add", x, linear(inner, INNER, WIDTH));
    }
    String mean =
        node("ReduceMean", List.of(norm(x, WIDTH)), ints("axes", 1), integer("keepdims", 0));
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("MatMul")
            .addInput(mean)
            .addInput(floats(WIDTH, 2))
            .addOutput("logits"));
  }

  private String attention(String x) throws IOException {
    String heads = integers("heads", 0, 0, HEADS, WIDTH / HEADS);
    String query = node("Reshape", linear(x, WIDTH, WIDTH), heads);
    String key = node("Reshape", linear(x, WIDTH, WIDTH), heads);
    String worth = node("Reshape", linear(x, WIDTH, WIDTH), heads);
    String scores = node("MatMul", permuted(query, 0, 2, 1, 3), permuted(key, 0, 2, 3, 1));
    String scaled = node("Mul", scores, scalar((float) (1 / Math.sqrt(WIDTH / HEADS))));
    String shares = node("Softmax", List.of(scaled), integer("axis", -1));
    String seen = permuted(node("MatMul", shares, permuted(worth, 0, 2, 1, 3)), 0, 2, 1, 3);
    return linear(node("Reshape", seen, integers("whole", 0, 0, WIDTH)), WIDTH, WIDTH);
  }

  private String linear(String x, int from, int to) throws IOException {
    String product;
    if (eightBit) {
      String bytes = name();
      String scale = name();
      String zero = name();
      graph.addNode(
          NodeProto.newBuilder()
              .setOpType("DynamicQuantizeLinear")
              .addInput(x)
              .addAllOutput(List.of(bytes, scale, zero)));
      String sum = node("MatMulInteger", List.of(bytes, bytes(from, to), zero));
      String floats = node("Cast", List.of(sum), integer("to", TensorProto.DataType.FLOAT_VALUE));
      product = node("Mul", floats, node("Mul", scale, scalar(WEIGHT_SCALE)));
    } else {
      product = node("MatMul", x, floats(from, to));
    }
    return node("Add", product, floats(to));
  }

  private String norm(String x, int width) throws IOException {
    return node(
        "LayerNormalization", List.of(x, floats(width), floats(width)), integer("axis", -1));
  }

  private String gelu(String x) {
    String erf = node("Erf", List.of(node("Div", x, scalar((float) Math.sqrt(2)))));
    return node("Mul", node("Mul", x, node("Add", erf, scalar(1))), scalar(0.5f));
  }

  private String transposed(String x) {
    return permuted(x, 0, 2, 1);
  }

  private String permuted(String x, long... order) {
    return node("Transpose", List.of(x), ints("perm", order));
  }

  private String node(String type, String first, String second) {
    return node(type, List.of(first, second));
  }

  private String node(String type, List<String> inputs, AttributeProto... attributes) {
    String output = name();
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(Arrays.asList(attributes)));
    return output;
  }

  private static AttributeProto ints(String name, long... values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(Arrays.stream(values).boxed().toList())
        .build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  private String scalar(float value) {
    String name = name();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addFloatData(value));
    return name;
  }

  private String integers(String prefix, long... values) {
    String name = prefix + name();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length)
            .addAllInt64Data(Arrays.stream(values).boxed().toList()));
    return name;
  }

  /** Single-precision weights of about the size of trained ones, -1/32 to 1/32. */
  private String floats(long... dims) throws IOException {
    long values = Arrays.stream(dims).reduce(1, Math::multiplyExact);
    for (long i = 0; i < values; i++) {
      float weight = (random.nextInt() >> 8) / (float) (1 << 28);
      data.writeInt(Integer.reverseBytes(Float.floatToIntBits(weight)));
    }
    return external(TensorProto.DataType.FLOAT_VALUE, values * Float.BYTES, dims);
  }

  private String bytes(long... dims) throws IOException {
    long values = Arrays.stream(dims).reduce(1, Math::multiplyExact);
    byte[] row = new byte[(int) dims[0]];
    for (long i = 0; i < values; i += row.length) {
      random.nextBytes(row);
      data.write(row);
    }
    return external(TensorProto.DataType.INT8_VALUE, values, dims);
  }

  private String external(int type, long length, long... dims) {
    String name = name();
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type)
            .addAllDims(Arrays.stream(dims).boxed().toList())
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", dataFile))
            .addExternalData(entry("offset", Long.toString(offset)))
            .addExternalData(entry("length", Long.toString(length))));
    offset += length;
    return name;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private String name() {
    return "t" + count++;
  }

  private static ValueInfoProto value(String name, int size) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(Dimension.newBuilder().setDimParam("batch"))
                                .addDim(Dimension.newBuilder().setDimValue(size)))))
        .build();
  }
}
