package org.touchstone.checkpoints.onnx;

import java.util.Arrays;
import java.util.List;

/** The operators that the networks use. Tensors are NCHW unless stated otherwise. */
public final class Ops {
  private final OnnxGraph graph;

  public Ops(OnnxGraph graph) {
    this.graph = graph;
  }

  public OnnxGraph graph() {
    return graph;
  }

  public Value add(Value a, Value b) {
    return graph.node("Add", List.of(a, b));
  }

  public Value sub(Value a, Value b) {
    return graph.node("Sub", List.of(a, b));
  }

  public Value mul(Value a, Value b) {
    return graph.node("Mul", List.of(a, b));
  }

  public Value mul(Value a, double factor) {
    return mul(a, graph.scalar(a.type(), factor));
  }

  public Value div(Value a, Value b) {
    return graph.node("Div", List.of(a, b));
  }

  public Value exp(Value x) {
    return graph.node("Exp", List.of(x));
  }

  public Value min(Value a, Value b) {
    return graph.node("Min", List.of(a, b));
  }

  public Value max(Value a, Value b) {
    return graph.node("Max", List.of(a, b));
  }

  public Value relu(Value x) {
    return graph.node("Relu", List.of(x));
  }

  public Value leakyRelu(Value x, float slope) {
    return graph.node("LeakyRelu", List.of(x), Attribute.of("alpha", slope));
  }

  /** The exact GELU, by the error function. */
  public Value gelu(Value x) {
    return graph.node("Gelu", List.of(x), Attribute.of("approximate", "none"));
  }

  /** The self-normalising activation, SELU. */
  public Value selu(Value x) {
    return graph.node("Selu", List.of(x));
  }

  public Value tanh(Value x) {
    return graph.node("Tanh", List.of(x));
  }

  public Value sigmoid(Value x) {
    return graph.node("Sigmoid", List.of(x));
  }

  public Value abs(Value x) {
    return graph.node("Abs", List.of(x));
  }

  /** {@code x * sigmoid(slope * x)}: SiLU for slope 1, CLIP's quick GELU for 1.702. */
  public Value swish(Value x, double slope) {
    return mul(x, sigmoid(slope == 1 ? x : mul(x, slope)));
  }

  public Value softmax(Value x, int axis) {
    return graph.node("Softmax", List.of(x), Attribute.of("axis", axis));
  }

  public Value cast(Value x, OnnxType type) {
    return x.type() == type
        ? x
        : graph.node("Cast", "", List.of(x), type, Attribute.of("to", type.code()));
  }

  /** Reshapes; a zero in {@code dims} keeps the size of that axis. */
  public Value reshape(Value x, long... dims) {
    return graph.node("Reshape", List.of(x, graph.integers(dims)));
  }

  public Value transpose(Value x, long... order) {
    return graph.node("Transpose", List.of(x), Attribute.of("perm", order));
  }

  public Value concat(int axis, List<Value> parts) {
    return graph.node("Concat", parts, Attribute.of("axis", axis));
  }

  /** Splits a value into two halves along an axis. */
  public List<Value> halves(Value x, int axis) {
    return graph.nodes(
        "Split",
        "",
        List.of(x),
        x.type(),
        2,
        Attribute.of("axis", axis),
        Attribute.of("num_outputs", 2));
  }

  /** The part {@code from <= index < to} along an axis. */
  public Value slice(Value x, int axis, long from, long to) {
    return graph.node(
        "Slice", List.of(x, graph.integers(from), graph.integers(to), graph.integers(axis)));
  }

  /** Adds zeros before the beginning of an axis. */
  public Value padBefore(Value x, int rank, int axis, int count) {
    long[] pads = new long[2 * rank];
    pads[axis] = count;
    return graph.node("Pad", List.of(x, graph.integers(pads)));
  }

  /**
   * Convolution with a weight {@code [out, in / groups, rows, columns]} and a bias {@code [out]}.
   */
  public Value conv(Value x, Value weight, Value bias, Window window, int groups) {
    return windowed("Conv", List.of(x, weight, bias), window, Attribute.of("group", groups));
  }

  public Value conv(Value x, Value weight, Window window) {
    return windowed("Conv", List.of(x, weight), window);
  }

  /** Transposed convolution with a weight {@code [in, out, rows, columns]}. */
  public Value convTranspose(Value x, Value weight, Value bias, Window window) {
    return windowed("ConvTranspose", List.of(x, weight, bias), window);
  }

  /** Convolution without a bias in groups of channels. */
  public Value conv(Value x, Value weight, Window window, int groups) {
    return windowed("Conv", List.of(x, weight), window, Attribute.of("group", groups));
  }

  public Value maxPool(Value x, Window window) {
    return windowed("MaxPool", List.of(x), window);
  }

  public Value averagePool(Value x, Window window) {
    return windowed("AveragePool", List.of(x), window);
  }

  private Value windowed(String op, List<Value> in, Window window, Attribute... more) {
    Attribute[] basic = window.attributes();
    Attribute[] all = Arrays.copyOf(basic, basic.length + more.length);
    System.arraycopy(more, 0, all, basic.length, more.length);
    return graph.node(op, in, all);
  }

  /** The mean of each channel, {@code [N, C, H, W]} to {@code [N, C]}. */
  public Value globalAveragePool(Value x) {
    return graph.node(
        "Flatten", List.of(graph.node("GlobalAveragePool", List.of(x))), Attribute.of("axis", 1));
  }

  /** The mean over an axis, which is removed. */
  public Value mean(Value x, int axis) {
    return graph.node("ReduceMean", List.of(x, graph.integers(axis)), Attribute.of("keepdims", 0));
  }

  /** The mean along the last axis, which becomes 1. */
  public Value rowMean(Value x) {
    return graph.node("ReduceMean", List.of(x, graph.integers(-1)));
  }

  /** The mean over the last two axes, which become 1: first over each row, then over the rows. */
  public Value meanOfMeans(Value x) {
    return graph.node("ReduceMean", List.of(rowMean(x), graph.integers(-2)));
  }

  public Value sqrt(Value x) {
    return graph.node("Sqrt", List.of(x));
  }

  /** The largest value along the last axis, which becomes 1. */
  public Value reduceMax(Value x) {
    return graph.node("ReduceMax", List.of(x, graph.integers(-1)));
  }

  /** The largest value over an axis, which is removed. */
  public Value largest(Value x, int axis) {
    return graph.node("ReduceMax", List.of(x, graph.integers(axis)), Attribute.of("keepdims", 0));
  }

  /**
   * The rows with the highest scores, the highest first.
   *
   * @param x {@code [N, rows, width]}
   * @param scores {@code [N, rows, 1]}
   * @return {@code [N, count, width]}
   */
  public Value topRows(Value x, Value scores, int count) {
    List<Value> top =
        graph.nodes(
            "TopK",
            "",
            List.of(scores, graph.integers(count)),
            scores.type(),
            2,
            Attribute.of("axis", 1));
    Value rows = new Value(top.getLast().name(), OnnxType.INT64);
    return graph.node("GatherND", List.of(x, rows), Attribute.of("batch_dims", 1));
  }

  /** The Euclidean norm along the last axis, which becomes 1. */
  public Value norm(Value x) {
    return graph.node("ReduceL2", List.of(x, graph.integers(-1)));
  }

  /** {@code x * weight^T + bias} for {@code x [N, in]} and {@code weight [out, in]}. */
  public Value gemm(Value x, Value weight, Value bias) {
    return graph.node("Gemm", List.of(x, weight, bias), Attribute.of("transB", 1));
  }

  /** {@code x * weight^T}. */
  public Value gemm(Value x, Value weight) {
    return graph.node("Gemm", List.of(x, weight), Attribute.of("transB", 1));
  }

  public Value matMul(Value a, Value b) {
    return graph.node("MatMul", List.of(a, b));
  }

  /** Layer normalisation over the last axis. */
  public Value layerNorm(Value x, Value scale, Value bias, float epsilon) {
    return graph.node(
        "LayerNormalization",
        List.of(x, scale, bias),
        Attribute.of("axis", -1),
        Attribute.of("epsilon", epsilon));
  }

  public Value instanceNorm(Value x, Value scale, Value bias, float epsilon) {
    return graph.node(
        "InstanceNormalization", List.of(x, scale, bias), Attribute.of("epsilon", epsilon));
  }

  /** Upsampling: each pixel becomes 2 x 2. */
  public Value upsample(Value x) {
    return resize(List.of(x, new Value("", OnnxType.FLOAT32), graph.floats(1, 1, 2, 2)));
  }

  /** Resizes by nearest pixels to the rows and columns of another tensor with as many channels. */
  public Value resizeLike(Value x, Value like) {
    Value shape = graph.node("Shape", "", List.of(like), OnnxType.INT64, Attribute.of("start", 2));
    Value own =
        graph.node(
            "Shape",
            "",
            List.of(x),
            OnnxType.INT64,
            Attribute.of("start", 0),
            Attribute.of("end", 2));
    Value none = new Value("", OnnxType.FLOAT32);
    return resize(List.of(x, none, none, concat(0, List.of(own, shape))));
  }

  /** Repeats a tensor of three axes along its second until there are as many as x has rows. */
  public Value repeatSecond(Value value, Value x) {
    Value rows =
        graph.node(
            "Shape",
            "",
            List.of(x),
            OnnxType.INT64,
            Attribute.of("start", 0),
            Attribute.of("end", 1));
    Value one = graph.integers(1);
    return graph.node("Expand", List.of(value, concat(0, List.of(one, rows, one))));
  }

  /**
   * A layer of gated recurrent units in both directions, as PyTorch computes them: the reset gate
   * acts after the recurrent product.
   *
   * @param x {@code [T, N, in]}
   * @param weight {@code [2, 3 * hidden, in]}: forwards and backwards; update, reset, candidate
   * @param recurrence {@code [2, 3 * hidden, hidden]}
   * @param bias {@code [2, 6 * hidden]}: the bias of the weight, then of the recurrence
   * @param initial {@code [2, N, hidden]}
   * @return the state at each time, {@code [T, 2, N, hidden]}, and the last states, {@code [2, N,
   *     hidden]}
   */
  public List<Value> bidirectionalGru(
      Value x, Value weight, Value recurrence, Value bias, Value initial, int hidden) {
    Value lengths = new Value("", OnnxType.INT64);
    return graph.nodes(
        "GRU",
        "",
        List.of(x, weight, recurrence, bias, lengths, initial),
        x.type(),
        2,
        Attribute.of("hidden_size", hidden),
        Attribute.of("direction", "bidirectional"),
        Attribute.of("linear_before_reset", 1));
  }

  private Value resize(List<Value> in) {
    return graph.node(
        "Resize",
        in,
        Attribute.of("mode", "nearest"),
        Attribute.of("coordinate_transformation_mode", "asymmetric"),
        Attribute.of("nearest_mode", "floor"));
  }

  /**
   * Multi-head self-attention with its projection to queries, keys and values, scaled by the root
   * of a head's size.
   *
   * @param x {@code [N, T, width]}
   * @param weight {@code [width, 3 * width]}
   * @param bias {@code [3 * width]}
   */
  public Value attention(Value x, Value weight, Value bias, int heads) {
    return graph.node(
        "Attention",
        OnnxGraph.MICROSOFT,
        List.of(x, weight, bias),
        x.type(),
        Attribute.of("num_heads", heads));
  }
}
