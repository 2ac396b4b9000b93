package org.touchstone.checkpoints.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * A graph that is built node by node. Names are assigned in order, so that the same layout gives
 * the same file.
 */
public final class OnnxGraph {
  /** Domain of ONNX Runtime's own operators, which have no equivalent in ONNX. */
  public static final String MICROSOFT = "com.microsoft";

  private final String name;
  private final List<NodeProto> nodes = new ArrayList<>();
  private final List<ValueInfoProto> inputs = new ArrayList<>();
  private final List<ValueInfoProto> outputs = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();
  private final Map<String, Initializer> weights = new LinkedHashMap<>();
  private final Map<String, String> stages = new HashMap<>();
  private final Map<String, String> properties = new TreeMap<>();

  public OnnxGraph(String name) {
    this.name = name;
  }

  /** A weight with the value that nodes refer to it by. */
  record Initializer(Value value, Weight weight) {}

  /** Adds an input of the graph. */
  public Value input(String input, OnnxType type, Dim... dims) {
    inputs.add(info(input, type, dims));
    return new Value(input, type);
  }

  /** Makes a value an output of the graph under the given name. */
  public void output(String output, Value value, Dim... dims) {
    nodes.add(
        NodeProto.newBuilder()
            .setName(output)
            .setOpType("Identity")
            .addInput(value.name())
            .addOutput(output)
            .build());
    outputs.add(info(output, value.type(), dims));
  }

  /** Adds a weight, or returns the one already added under that name and type. */
  public Value weight(String weight, Weight values, OnnxType type) {
    String unique = type == OnnxType.FLOAT16 ? weight + ":fp16" : weight;
    return weights
        .computeIfAbsent(unique, n -> new Initializer(new Value(n, type), values))
        .value();
  }

  /** Adds a small tensor of integers that is stored in the graph itself. */
  public Value integers(long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(raw::putLong);
    return constant(OnnxType.INT64, raw, values.length);
  }

  /** Adds a small tensor of float32 numbers that is stored in the graph itself. */
  public Value floats(float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    return constant(OnnxType.FLOAT32, raw, values.length);
  }

  /** Adds a number of a floating type that is stored in the graph itself. */
  public Value scalar(OnnxType type, double value) {
    ByteBuffer raw = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    if (type == OnnxType.FLOAT16) {
      raw.putShort(Float.floatToFloat16((float) value));
    } else {
      raw.putFloat((float) value);
    }
    return constant(type, raw);
  }

  private Value constant(OnnxType type, ByteBuffer raw, long... shape) {
    Value value = new Value("constant_" + constants.size(), type);
    constants.add(
        TensorProto.newBuilder()
            .setName(value.name())
            .setDataType(type.code())
            .addAllDims(Arrays.stream(shape).boxed().toList())
            .setRawData(ByteString.copyFrom(raw.flip()))
            .build());
    return value;
  }

  /** Adds a node with one output of its first input's type. */
  public Value node(String op, List<Value> in, Attribute... attributes) {
    return node(op, "", in, in.getFirst().type(), attributes);
  }

  /**
   * Adds a node with one output.
   *
   * @param domain {@link #MICROSOFT}, or empty for ONNX
   */
  public Value node(
      String op, String domain, List<Value> in, OnnxType type, Attribute... attributes) {
    return nodes(op, domain, in, type, 1, attributes).getFirst();
  }

  /** Adds a node with several outputs. */
  public List<Value> nodes(
      String op, String domain, List<Value> in, OnnxType type, int count, Attribute... attributes) {
    String node = op.toLowerCase(Locale.ROOT) + "_" + nodes.size();
    NodeProto.Builder builder = NodeProto.newBuilder().setName(node).setOpType(op);
    builder.setDomain(domain);
    in.forEach(value -> builder.addInput(value.name()));
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(new Value(count == 1 ? node : node + "_" + i, type));
      builder.addOutput(out.getLast().name());
    }
    Arrays.stream(attributes).forEach(attribute -> builder.addAttribute(attribute.proto()));
    nodes.add(builder.build());
    return out;
  }

  /**
   * Gives a value a readable name, so that tools can show it and tests can inspect it.
   *
   * @return the value
   */
  public Value stage(String stage, Value value) {
    stages.put(value.name(), stage);
    return value;
  }

  /**
   * Sets a property of the model that its reader may need, such as which of several heads it has.
   */
  public void property(String key, String value) {
    properties.put(key, value);
  }

  Map<String, String> properties() {
    return properties;
  }

  List<Initializer> weights() {
    return List.copyOf(weights.values());
  }

  /** The graph, its weights as given. */
  GraphProto build(List<TensorProto> initializers) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName(name)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllInitializer(constants)
            .addAllInitializer(initializers);
    for (NodeProto node : nodes) {
      NodeProto.Builder renamed = node.toBuilder().clearInput().clearOutput();
      node.getInputList().forEach(n -> renamed.addInput(stages.getOrDefault(n, n)));
      node.getOutputList().forEach(n -> renamed.addOutput(stages.getOrDefault(n, n)));
      graph.addNode(renamed);
    }
    return graph.build();
  }

  private static ValueInfoProto info(String name, OnnxType type, Dim... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Dim dim : dims) {
      TensorShapeProto.Dimension.Builder builder = shape.addDimBuilder();
      if (dim.isFixed()) {
        builder.setDimValue(dim.size());
      } else {
        builder.setDimParam(dim.name());
      }
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.code()).setShape(shape)))
        .build();
  }
}
