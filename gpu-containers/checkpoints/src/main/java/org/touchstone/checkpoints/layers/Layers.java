package org.touchstone.checkpoints.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * Layers with weights, named as in the checkpoint. A weight gets the type of the value that it is
 * combined with. Where a network keeps values in float32 for accuracy, the network itself casts
 * them.
 */
public final class Layers {
  private static final float BATCH_NORM_EPSILON = 1e-5f;
  private static final int GROUPS = 32;

  private final OnnxGraph graph;
  private final Ops ops;
  private final StateDict weights;
  private final String prefix;

  /** Layers for a graph with a single network. */
  public Layers(OnnxGraph graph, StateDict weights) {
    this(graph, weights, "");
  }

  /**
   * @param prefix prefix of the names of all tensors and stages, for a graph with several networks
   */
  public Layers(OnnxGraph graph, StateDict weights, String prefix) {
    this.graph = graph;
    this.ops = new Ops(graph);
    this.weights = weights;
    this.prefix = prefix;
  }

  /** Operators without weights, in the same graph. */
  public Ops ops() {
    return ops;
  }

  /** Takes a tensor from the checkpoint. */
  public Weight take(String name, long... shape) {
    return weights.take(prefix + name, shape);
  }

  /** Adds a weight to the graph. */
  public Value put(String name, Weight weight, OnnxType type) {
    return graph.weight(prefix + name, weight, type);
  }

  /**
   * The graph's input {@code image}, RGB bytes, as float32 planes {@code (x - mean) / deviation}.
   *
   * @param statistics each channel's mean and deviation
   * @param lead axes between the batch and the rows: empty for images, the frames for clips
   * @return {@code [N, 3, lead.., H, W]}
   */
  public Value pixels(PixelStatistics statistics, Dim height, Dim width, Dim... lead) {
    List<Dim> dims = new ArrayList<>(List.of(Dim.BATCH));
    Collections.addAll(dims, lead);
    Collections.addAll(dims, height, width, Dim.of(3));
    Value bytes = graph.input("image", OnnxType.UINT8, dims.toArray(Dim[]::new));
    int rank = dims.size();
    long[] channelsFirst = new long[rank];
    channelsFirst[1] = rank - 1;
    for (int i = 2; i < rank; i++) {
      channelsFirst[i] = i - 1;
    }
    long[] perChannel = new long[rank - 1];
    Arrays.fill(perChannel, 1);
    perChannel[0] = 3;
    Value x = ops.cast(ops.transpose(bytes, channelsFirst), OnnxType.FLOAT32);
    x = ops.sub(x, constant("image.mean", statistics.mean(), perChannel));
    return stage(
        "pixels", ops.div(x, constant("image.deviation", statistics.deviation(), perChannel)));
  }

  private Value constant(String name, List<Double> values, long... shape) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return put(name, Weight.computed(shape, floats::clone), OnnxType.FLOAT32);
  }

  /**
   * Takes a tensor from the checkpoint and adds it to the graph, in the type of the given value.
   */
  public Value weight(String name, Value like, long... shape) {
    return put(name, take(name, shape), like.type());
  }

  /** Convolution with a square kernel and a bias. */
  public Value conv(Value x, String key, int in, int out, Window window) {
    Value w = weight(key + ".weight", x, out, in, window.rows(), window.columns());
    return ops.conv(x, w, weight(key + ".bias", x, out), window, 1);
  }

  /** Depthwise convolution: each channel on its own. */
  public Value depthwise(Value x, String key, int channels, Window window) {
    Value w = weight(key + ".weight", x, channels, 1, window.rows(), window.columns());
    return ops.conv(x, w, weight(key + ".bias", x, channels), window, channels);
  }

  /** Transposed convolution that doubles rows and columns. */
  public Value doubling(Value x, String key, int in, int out) {
    Value w = weight(key + ".weight", x, in, out, 2, 2);
    return ops.convTranspose(x, w, weight(key + ".bias", x, out), Window.square(2, 2, 0));
  }

  /**
   * Convolution and the batch normalisation that follows it, as one convolution.
   *
   * @param bias whether the convolution has a bias of its own
   * @param stored the kernel's shape in the checkpoint
   */
  public Value convBatchNorm(
      Value x, String conv, boolean bias, String norm, Window window, int groups, long... stored) {
    int out = Math.toIntExact(stored[0]);
    Weight scale = take(norm + ".weight", out);
    Weight shift = take(norm + ".bias", out);
    Weight mean = take(norm + ".running_mean", out);
    Weight variance = take(norm + ".running_var", out);
    Weight own = bias ? take(conv + ".bias", out) : Weight.filled(0, out);
    Supplier<double[]> factors = () -> batchNormFactors(scale, variance);
    Weight kernel =
        take(conv + ".weight", stored)
            .scaled(factors)
            .reshaped(out, stored[1], window.rows(), window.columns());
    Weight offset = batchNormOffset(shift, mean, own, factors);
    return ops.conv(
        x,
        put(conv + ".weight", kernel, x.type()),
        put(norm + ".bias", offset, x.type()),
        window,
        groups);
  }

  /** Batch normalisation of the features along the last axis. */
  public Value batchNorm(Value x, String key, int features) {
    Weight scale = take(key + ".weight", features);
    Weight shift = take(key + ".bias", features);
    Weight mean = take(key + ".running_mean", features);
    Weight variance = take(key + ".running_var", features);
    Weight factor = Weight.filled(1, features).scaled(() -> batchNormFactors(scale, variance));
    Weight offset =
        batchNormOffset(
            shift, mean, Weight.filled(0, features), () -> batchNormFactors(scale, variance));
    Value scaled = ops.mul(x, put(key + ".weight", factor, x.type()));
    return ops.add(scaled, put(key + ".bias", offset, x.type()));
  }

  private static double[] batchNormFactors(Weight scale, Weight variance) {
    float[] v = variance.floats();
    float[] s = scale.floats();
    double[] factors = new double[v.length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = s[i] / Math.sqrt(v[i] + (double) BATCH_NORM_EPSILON);
    }
    return factors;
  }

  /**
   * What batch normalisation adds.
   *
   * @param own what is added to its input before it
   */
  private static Weight batchNormOffset(
      Weight shift, Weight mean, Weight own, Supplier<double[]> factors) {
    return Weight.computed(
        shift.shape(),
        () -> {
          double[] factor = factors.get();
          float[] b = shift.floats();
          float[] m = mean.floats();
          float[] o = own.floats();
          for (int i = 0; i < b.length; i++) {
            b[i] = (float) (b[i] + (o[i] - m[i]) * factor[i]);
          }
          return b;
        });
  }

  /** Linear layer, {@code [N, in]} to {@code [N, out]}. */
  public Value linear(Value x, String key, int in, int out) {
    return ops.gemm(x, weight(key + ".weight", x, out, in), weight(key + ".bias", x, out));
  }

  /** Linear layer on each token, {@code [N, T, in]} to {@code [N, T, out]}. */
  public Value tokenLinear(Value x, String key, int in, int out) {
    return ops.add(tokenProjection(x, key, in, out), weight(key + ".bias", x, out));
  }

  /**
   * Linear layer on each token with weights that are not stored as it uses them.
   *
   * @param matrix {@code [out, in]}
   * @param bias {@code [out]}
   */
  public Value tokenLinear(Value x, String key, Weight matrix, Weight bias) {
    Value product = ops.matMul(x, put(key + ".weight", matrix.transposed(), x.type()));
    return ops.add(product, put(key + ".bias", bias, x.type()));
  }

  /** {@link #tokenLinear} without a bias. */
  public Value tokenProjection(Value x, String key, int in, int out) {
    Weight transposed = take(key + ".weight", out, in).transposed();
    return ops.matMul(x, put(key + ".weight", transposed, x.type()));
  }

  /** Layer normalisation over the last axis. */
  public Value layerNorm(Value x, String key, int channels, float epsilon) {
    Value scale = weight(key + ".weight", x, channels);
    return ops.layerNorm(x, scale, weight(key + ".bias", x, channels), epsilon);
  }

  /** Layer normalisation over the channels of {@code [N, C, H, W]}. */
  public Value layerNormChannels(Value x, String key, int channels, float epsilon) {
    Value normed = layerNorm(ops.transpose(x, 0, 2, 3, 1), key, channels, epsilon);
    return ops.transpose(normed, 0, 3, 1, 2);
  }

  /**
   * Group normalisation over 32 groups of the channels of {@code [N, C, H, W]}, in float32, then
   * scaled and shifted.
   *
   * @param shape C, H, W
   */
  public Value groupNorm(
      Value x, String name, Weight scale, Weight shift, long[] shape, float epsilon) {
    boolean exact = x.type() == OnnxType.FLOAT32;
    Value groups = exact ? exactlyNormed(x, shape[2], epsilon) : normed(x, epsilon);
    Value normed = ops.reshape(groups, 0, shape[0], shape[1], shape[2]);
    Value s = put(name + ".weight", scale.reshaped(1, shape[0], 1, 1), OnnxType.FLOAT32);
    Value b = put(name + ".bias", shift.reshaped(1, shape[0], 1, 1), OnnxType.FLOAT32);
    return ops.cast(ops.add(ops.mul(normed, s), b), x.type());
  }

  /**
   * Normalises groups to mean 0 and variance 1, by the means of the rows and then the mean of those
   * means. On CPUs, ONNX Runtime's own normalisation sums up to half a million numbers one after
   * the other, which shifts DistilDIRE's logit by 6e-6.
   */
  private Value exactlyNormed(Value x, long columns, float epsilon) {
    Value rows = ops.reshape(x, 0, GROUPS, -1, columns);
    Value centred = ops.sub(rows, ops.meanOfMeans(rows));
    Value variance = ops.meanOfMeans(ops.mul(centred, centred));
    return ops.div(centred, ops.sqrt(ops.add(variance, graph.scalar(x.type(), epsilon))));
  }

  /**
   * Normalises groups to mean 0 and variance 1 with one operator. It reads memory less often, which
   * matters on GPUs.
   */
  private Value normed(Value x, float epsilon) {
    Value groups = ops.reshape(ops.cast(x, OnnxType.FLOAT32), 0, GROUPS, -1);
    Value one = put("group.one", Weight.filled(1, GROUPS), OnnxType.FLOAT32);
    Value zero = put("group.zero", Weight.filled(0, GROUPS), OnnxType.FLOAT32);
    return ops.instanceNorm(groups, one, zero, epsilon);
  }

  /**
   * Self-attention over {@code [N, T, width]}.
   *
   * @param weight queries, keys and values stacked in that order, {@code [3 * width, width]}
   * @param bias of queries, keys and values, in the same order
   */
  public Value attention(Value x, String name, Weight weight, Weight bias, int heads) {
    return ops.attention(
        x,
        put(name + ".weight", weight.transposed(), x.type()),
        put(name + ".bias", bias, x.type()),
        heads);
  }

  /**
   * Self-attention whose queries, keys and values are layers of their own, as in Hugging Face's
   * checkpoints: {@code q_proj}, {@code k_proj} and {@code v_proj}.
   */
  public Value attention(Value x, String key, int width, int heads) {
    List<String> parts = Stream.of("q", "k", "v").map(p -> key + "." + p + "_proj").toList();
    Weight matrix =
        Weight.stacked(parts.stream().map(p -> take(p + ".weight", width, width)).toList());
    Weight bias = Weight.stacked(parts.stream().map(p -> take(p + ".bias", width)).toList());
    return attention(x, key + ".qkv", matrix, bias, heads);
  }

  /** Names a value so that tests can inspect it. */
  public Value stage(String name, Value value) {
    return graph.stage(prefix + name, value);
  }
}
