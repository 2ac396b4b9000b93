package org.touchstone.checkpoints.networks.ftcn;

import java.util.regex.Pattern;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.layers.PixelStatistics;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.Activation;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions.Aggregation;

/**
 * FTCN+TT ("Exploring Temporal Coherence for More General Video Face Forgery Detection", Zheng et
 * al. 2021): a 3-D ResNet-50 with kernels one pixel wide, which can see only how pixels change, and
 * a transformer over time. StyleFlow as shipped is the same network with its own weights.
 *
 * <p>All tensors are four-dimensional, because each kernel covers at most one axis besides time:
 * {@code [N, C, T, H * W]} for convolutions, {@code [N, C * T, H, W]} for pooling. Pooling comes
 * after the activation instead of before it. The result is the same because both are monotonic.
 *
 * <p>Input {@code image}: bytes {@code [N, 32, size, size, 3]}, a clip of aligned faces. Output
 * {@code logits}: float32 {@code [N, 1]}, positive for fake.
 *
 * @param size pixels of a side, a multiple of 16
 * @param width channels of the stem
 */
public record Ftcn(int size, int width) implements NetworkVariant {
  /** FTCN as published. */
  public static final Ftcn PUBLISHED = new Ftcn(224, 64);

  /** Frames of a clip. */
  public static final int FRAMES = 32;

  /** Tensors that the network never reads. */
  public static final Pattern UNUSED = Pattern.compile("\\.num_batches_tracked$");

  private static final int[] BLOCKS = {3, 4, 6};
  private static final int HEAD_SIZE = 64;
  private static final float EPSILON = 1e-5f;

  /** A network as wide as the tensors. */
  public static Ftcn of(StateDict weights) {
    int width = weights.size("resnet.s1.pathway0_stem.conv.weight", 0, PUBLISHED.width);
    Ftcn network = new Ftcn(PUBLISHED.size, width);
    return network.tokenWidth() % HEAD_SIZE == 0 ? network : PUBLISHED;
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("ftcn");
    Layers layers = new Layers(graph, weights);
    Value logits = logits(layers, tokens(layers, type));
    graph.output("logits", layers.ops().cast(logits, OnnxType.FLOAT32), Dim.BATCH, Dim.of(1));
    return graph;
  }

  @Override
  public void describe(ManifestDraft manifest) {
    describe(manifest, Aggregation.MEAN);
  }

  /**
   * Describes the network, with the given way to combine the outputs for one person into a score.
   */
  public void describe(ManifestDraft manifest, Aggregation aggregation) {
    manifest.pipeline(Pipeline.ALIGNED_CLIPS);
    manifest.memoryPerRow(1_400, 0);
    manifest.aggregation(aggregation);
    manifest.clips(FRAMES, PUBLISHED.size);
    manifest.logits(Activation.SIGMOID);
    manifest.faces(0.5);
    manifest.thresholds(0.33, 0.5);
    manifest.looksFor(Category.FACES, Modality.VIDEO);
  }

  /** Features of a token. There are half as many tokens as frames. */
  public int tokenWidth() {
    return width << (BLOCKS.length + 1);
  }

  /** The backbone's features of each pair of frames: {@code [N, FRAMES / 2, tokenWidth]}. */
  public Value tokens(Layers layers, OnnxType type) {
    Ops ops = layers.ops();
    Dim side = Dim.of(size);
    Value x = layers.pixels(PixelStatistics.IMAGENET, side, side, Dim.of(FRAMES));
    x = ops.reshape(ops.cast(x, type), 0, 3, FRAMES, (long) size * size);

    Shape shape = new Shape(width, FRAMES, size);
    x =
        temporal(
            layers, x, "resnet.s1.pathway0_stem.conv", "resnet.s1.pathway0_stem.bn.0", 3, width, 5);
    x = pool(ops, ops.relu(x), shape, Window.square(2, 2, 0));
    x = pool(ops, x, shape.halved(), Window.square(3, 2, 1));
    layers.stage("s1", x);
    shape = shape.halved().halved();

    for (int s = 0; s < BLOCKS.length; s++) {
      if (s == 1) {
        x = ops.maxPool(x, new Window(2, 1, 2, 1, 0, 0));
        shape = new Shape(shape.channels(), FRAMES / 2, shape.side());
      }
      int inner = width << s;
      for (int b = 0; b < BLOCKS[s]; b++) {
        int kernel = s == 0 || b % 2 == 0 ? 3 : 1;
        boolean halve = s > 0 && b == 0;
        String key = "resnet.s" + (s + 2) + ".pathway0_res" + b + ".";
        x = block(layers, x, key, shape, inner, kernel, halve);
        shape = new Shape(4 * inner, shape.frames(), halve ? shape.side() / 2 : shape.side());
      }
      layers.stage("s" + (s + 2), x);
    }
    return ops.transpose(layers.stage("head.pool", ops.mean(x, 3)), 0, 2, 1);
  }

  private record Shape(int channels, int frames, int side) {
    Shape halved() {
      return new Shape(channels, frames, side / 2);
    }
  }

  /**
   * A bottleneck: a convolution over time, a pointwise one, and one that expands to four times the
   * channels.
   */
  private static Value block(
      Layers layers, Value x, String key, Shape shape, int inner, int kernel, boolean halve) {
    Ops ops = layers.ops();
    int in = shape.channels();
    String pooled = halve ? "_bn.0" : "_bn";
    Value h = temporal(layers, x, key + "branch2.a", key + "branch2.a_bn", in, inner, kernel);
    h =
        temporal(
            layers, ops.relu(h), key + "branch2.b", key + "branch2.b" + pooled, inner, inner, 1);
    h = ops.relu(h);
    Window window = Window.square(2, 2, 0);
    h = halve ? pool(ops, h, new Shape(inner, shape.frames(), shape.side()), window) : h;
    h = temporal(layers, h, key + "branch2.c", key + "branch2.c_bn", inner, 4 * inner, 1);
    if (in != 4 * inner) {
      x = temporal(layers, x, key + "branch1", key + "branch1" + pooled, in, 4 * inner, 1);
      x = halve ? pool(ops, x, new Shape(4 * inner, shape.frames(), shape.side()), window) : x;
    }
    return ops.relu(ops.add(x, h));
  }

  /** A convolution over time, with its batch normalisation. */
  private static Value temporal(
      Layers layers, Value x, String conv, String norm, int in, int out, int kernel) {
    Window window = new Window(kernel, 1, 1, 1, kernel / 2, 0);
    return layers.convBatchNorm(x, conv, false, norm, window, 1, out, in, kernel, 1, 1);
  }

  /** Pools each frame of {@code [N, C, T, H * W]} separately. */
  private static Value pool(Ops ops, Value x, Shape shape, Window window) {
    Value frames =
        ops.reshape(x, 0, (long) shape.channels() * shape.frames(), shape.side(), shape.side());
    return ops.reshape(ops.maxPool(frames, window), 0, shape.channels(), shape.frames(), -1);
  }

  /** The temporal transformer: one layer over the tokens and a class token. */
  public Value logits(Layers layers, Value tokens) {
    Ops ops = layers.ops();
    String key = "resnet.head.time_T.";
    int dim = tokenWidth();
    // The class token starts as a row of zeros; the token and its position are added to it.
    Value positions = positions(layers, tokens, key, FRAMES / 2, dim);
    Value x = ops.add(ops.padBefore(tokens, 3, 1, 1), positions);

    String layer = key + "transformer.layers.0.";
    Weight qkv = layers.take(layer + "0.fn.fn.to_qkv.weight", 3L * dim, dim);
    Value h = layers.layerNorm(x, layer + "0.fn.norm", dim, EPSILON);
    h =
        layers.attention(
            h, layer + "0.fn.fn.to_qkv", qkv, Weight.filled(0, 3 * dim), dim / HEAD_SIZE);
    x = ops.add(x, layers.tokenLinear(h, layer + "0.fn.fn.to_out.0", dim, dim));
    h = layers.layerNorm(x, layer + "1.fn.norm", dim, EPSILON);
    h = ops.gelu(layers.tokenLinear(h, layer + "1.fn.fn.net.0", dim, 2 * dim));
    x = ops.add(x, layers.tokenLinear(h, layer + "1.fn.fn.net.3", 2 * dim, dim));
    layers.stage("head.transformer", x);

    Value first = ops.reshape(ops.slice(x, 1, 0, 1), 0, dim);
    first = layers.layerNorm(first, key + "mlp_head.0", dim, EPSILON);
    return layers.linear(first, key + "mlp_head.1", dim, 1);
  }

  private static Value positions(Layers layers, Value like, String key, int frames, int dim) {
    Weight token = layers.take(key + "cls_token", 1, 1, dim);
    Weight position = layers.take(key + "pos_embedding", 1, 1L + frames, dim);
    Weight both = position.withFirstAdded(token);
    return layers.put(key + "pos_embedding", both, like.type());
  }
}
