package org.touchstone.detectors.testing;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.TestModels;

/**
 * A model with RetinaFace's inputs and outputs that takes red for a face: where a cell of {@value
 * #CELL} pixels of the picture is red there is a face of {@value #SIZE} pixels around it, as sure
 * as the cell is red.
 */
public final class TestFaceModel {
  public static final int CELL = 16;
  public static final int SIZE = 128;

  /** Landmarks relative to the centre, pixels: eyes, nose, corners of the mouth. */
  public static final float[] LANDMARKS = {-26, -26, 26, -26, 0, 6, -22, 30, 22, 30};

  private static final int OPSET = 13;
  private static final int IR_VERSION = 8;
  private static final float VARIANCE = 0.1f;

  private TestFaceModel() {}

  /** Puts the model into a store and gives the face detector that comes of it. */
  public static FaceDetector install(Path root, OnnxModels models) {
    return install(root, models, "{}");
  }

  /** As above, with options. */
  public static FaceDetector install(Path root, OnnxModels models, String options) {
    String manifest =
        """
        {"name": "red", "version": "1", "licence": "Apache-2.0", "engine": "OnnxRuntime",
         "files": {"model.onnx": "@SHA256@"}, "role": "face-detector",
         "options": @OPTIONS@,
         "input": {"name": "image", "layout": "NHWC", "dtype": "uint8"}}
        """
            .replace("@OPTIONS@", options);
    TestModels.install(root, manifest, model());
    return FaceDetectors.of(new ModelStore(root), models);
  }

  /** A picture on which a face is wherever there is a cell of that colour. */
  public static RgbImage picture(int width, int height, int[][] cells, int red, int rest) {
    RgbImage image = TestMedia.plain(width, height, 0, rest, rest);
    for (int[] cell : cells) {
      for (int y = cell[1] * CELL; y < (cell[1] + 1) * CELL; y++) {
        for (int x = cell[0] * CELL; x < (cell[0] + 1) * CELL; x++) {
          image.data()[(y * width + x) * RgbImage.CHANNELS] = (byte) red;
        }
      }
    }
    return image;
  }

  private static byte[] model() {
    List<NodeProto> nodes = new ArrayList<>();
    nodes.add(node("Cast", "float", "image").addAttribute(integer("to", 1)).build());
    nodes.add(node("Mul", "unit", "float", "scale").build());
    nodes.add(node("Transpose", "planes", "unit").addAttribute(ints("perm", 0, 3, 1, 2)).build());
    nodes.add(node("Gather", "red", "planes", "first").addAttribute(integer("axis", 1)).build());
    List<String> levels = new ArrayList<>();
    for (int stride : new int[] {8, 16, 32}) {
      String at = Integer.toString(stride);
      nodes.add(
          node("AveragePool", "pool" + at, "red")
              .addAttribute(ints("kernel_shape", stride, stride))
              .addAttribute(ints("strides", stride, stride))
              .addAttribute(integer("ceil_mode", 1))
              .build());
      nodes.add(node("Mul", "both" + at, "pool" + at, "weights" + at).build());
      nodes.add(
          node("Transpose", "last" + at, "both" + at)
              .addAttribute(ints("perm", 0, 2, 3, 1))
              .build());
      nodes.add(node("Reshape", "rows" + at, "last" + at, "rows").build());
      levels.add("rows" + at);
    }
    nodes.add(
        NodeProto.newBuilder()
            .setOpType("Concat")
            .addAllInput(levels)
            .addOutput("face")
            .addAttribute(integer("axis", 1))
            .build());
    nodes.add(node("Sub", "background", "one", "face").build());
    nodes.add(
        node("Concat", "conf", "background", "face").addAttribute(integer("axis", 2)).build());
    nodes.add(node("Mul", "loc", "face", "zeros").build());
    nodes.add(node("Mul", "nowhere", "face", "zero").build());
    nodes.add(node("Add", "landms", "nowhere", "points").build());
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("red")
            .addAllNode(nodes)
            .addInput(value("image", TensorProto.DataType.UINT8, "batch", "height", "width", 3))
            .addOutput(value("loc", TensorProto.DataType.FLOAT, "batch", "anchors", 4))
            .addOutput(value("conf", TensorProto.DataType.FLOAT, "batch", "anchors", 2))
            .addOutput(value("landms", TensorProto.DataType.FLOAT, "batch", "anchors", 10))
            .addInitializer(floats("scale", List.of(), 1 / 255f))
            .addInitializer(longs("first", List.of(1L), 0))
            .addInitializer(longs("rows", List.of(3L), 0, -1, 1))
            .addInitializer(floats("one", List.of(), 1))
            .addInitializer(floats("zero", List.of(), 0))
            .addInitializer(floats("zeros", List.of(4L), 0, 0, 0, 0))
            .addInitializer(floats("points", List.of(10L), landmarks()));
    List<Long> pair = List.of(1L, 2L, 1L, 1L);
    graph.addInitializer(floats("weights8", pair, 0, 0));
    graph.addInitializer(floats("weights16", pair, 0, 1));
    graph.addInitializer(floats("weights32", pair, 0, 0));
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static float[] landmarks() {
    float[] shifts = new float[LANDMARKS.length];
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = LANDMARKS[i] / (VARIANCE * SIZE);
    }
    return shifts;
  }

  private static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs)).addOutput(output);
  }

  private static AttributeProto.Builder integer(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value);
  }

  private static AttributeProto.Builder ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute;
  }

  private static TensorProto.Builder floats(String name, List<Long> dims, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addAllDims(dims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor;
  }

  private static TensorProto.Builder longs(String name, List<Long> dims, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addAllDims(dims);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor;
  }

  private static ValueInfoProto.Builder value(
      String name, TensorProto.DataType type, Object... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dim : dims) {
      shape.addDim(
          dim instanceof String free
              ? Dimension.newBuilder().setDimParam(free)
              : Dimension.newBuilder().setDimValue((int) dim));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)));
  }
}
