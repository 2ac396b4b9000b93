package org.touchstone.testing.models;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;

/** Builds an ONNX model of a few nodes. */
public final class TestGraph {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 8;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  /**
   * @param dims sizes, or names of dimensions that may have any
   */
  public TestGraph input(String name, DataType type, Object... dims) {
    graph.addInput(value(name, type, dims));
    return this;
  }

  /**
   * @param dims sizes, or names of dimensions that may have any
   */
  public TestGraph output(String name, DataType type, Object... dims) {
    graph.addOutput(value(name, type, dims));
    return this;
  }

  /** A weight in the model's own file. */
  public TestGraph weight(String name, List<Long> dims, float... values) {
    TensorProto.Builder tensor = tensor(name, dims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  /** A weight in another file, of little-endian floats. */
  public TestGraph externalWeight(String name, List<Long> dims, String file) {
    graph.addInitializer(
        tensor(name, dims)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(file)));
    return this;
  }

  /** A weight of 8 bits, in the model's own file. */
  public TestGraph weight8(String name, List<Long> dims, byte... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(DataType.INT8_VALUE).addAllDims(dims);
    for (byte value : values) {
      tensor.addInt32Data(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  /** A node with several outputs. */
  public TestGraph nodes(String type, List<String> outputs, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs)).addAllOutput(outputs));
    return this;
  }

  public TestGraph node(String type, String output, String... inputs) {
    graph.addNode(
        NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs)).addOutput(output));
    return this;
  }

  public TestGraph cast(String output, String input, DataType to) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("Cast")
            .addInput(input)
            .addOutput(output)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("to")
                    .setType(AttributeType.INT)
                    .setI(to.getNumber())));
    return this;
  }

  /** The mean over some axes, which are removed or kept with size 1. */
  public TestGraph mean(String output, String input, boolean keep, long... axes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType("ReduceMean")
            .addInput(input)
            .addOutput(output)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axes")
                    .setType(AttributeType.INTS)
                    .addAllInts(Arrays.stream(axes).boxed().toList()))
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("keepdims")
                    .setType(AttributeType.INT)
                    .setI(keep ? 1 : 0)));
    return this;
  }

  public byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static TensorProto.Builder tensor(String name, List<Long> dims) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(DataType.FLOAT_VALUE)
        .addAllDims(dims);
  }

  private static ValueInfoProto value(String name, DataType type, Object... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dim : dims) {
      shape.addDim(
          dim instanceof String named
              ? Dimension.newBuilder().setDimParam(named)
              : Dimension.newBuilder().setDimValue(((Number) dim).longValue()));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
