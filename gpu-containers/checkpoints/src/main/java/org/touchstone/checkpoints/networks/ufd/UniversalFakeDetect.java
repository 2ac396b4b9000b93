package org.touchstone.checkpoints.networks.ufd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.touchstone.checkpoints.layers.ClipVision;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.layers.PixelStatistics;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.Activation;
import org.touchstone.models.Fit;
import org.touchstone.models.Pipeline;

/**
 * UniversalFakeDetect ("Towards Universal Fake Image Detectors that Generalize Across Generative
 * Models", Ojha et al. 2023): a small head that scores the embedding of a frozen CLIP.
 *
 * <p>Input {@code image}: bytes {@code [N, size, size, 3]}. Outputs, float32: {@code logits} {@code
 * [N, 1]}, positive for fake; {@code embedding} {@code [N, projection]}; {@code patch_logits}
 * {@code [N, patches]}, the head's answer to each patch's token, row by row. The head was trained
 * on the class token only, so the patches show where the head leans but are not probabilities. The
 * model's property {@code head} tells which head it is: their images are prepared differently.
 *
 * @param clip the image tower
 * @param head the head that scores the embedding
 */
public record UniversalFakeDetect(ClipVision clip, Head head) implements NetworkVariant {
  /** Width of UFD-T's head. */
  private static final int HIDDEN = 384;

  public UniversalFakeDetect {
    Objects.requireNonNull(clip, "clip");
    Objects.requireNonNull(head, "head");
  }

  /** The published heads. */
  public sealed interface Head {
    /** Scores {@code [N, T, in]} as {@code [N, T, 1]}, or as many values in fewer dimensions. */
    Value of(Layers layers, Value tokens, int in);

    /** The head's name in the model's property {@code head}. */
    String code();
  }

  /** The original: one linear layer. */
  public record Linear() implements Head {
    @Override
    public String code() {
      return "linear";
    }

    @Override
    public Value of(Layers layers, Value tokens, int in) {
      Weight row = layers.take("weight", 1, in);
      Weight bias = layers.take("bias", 1);
      Ops ops = layers.ops();
      Value product =
          ops.matMul(tokens, layers.put("head.weight", row.transposed(), tokens.type()));
      return ops.add(product, layers.put("head.bias", bias, tokens.type()));
    }
  }

  /**
   * UFD-T: two linear layers.
   *
   * @param hidden features between them
   * @param separator between a layer's name and its parameter's: older files have an underscore
   */
  public record TwoLayers(int hidden, String separator) implements Head {
    @Override
    public String code() {
      return "two-layers";
    }

    @Override
    public Value of(Layers layers, Value tokens, int in) {
      Ops ops = layers.ops();
      Value x = ops.relu(layer(layers, tokens, "fc1", in, hidden));
      return layer(layers, x, "fc2", hidden, 1);
    }

    private Value layer(Layers layers, Value x, String key, int in, int out) {
      Weight matrix = layers.take(key + separator + "weight", out, in);
      Weight bias = layers.take(key + separator + "bias", out);
      Ops ops = layers.ops();
      Value product = ops.matMul(x, layers.put(key + ".weight", matrix.transposed(), x.type()));
      return ops.add(product, layers.put(key + ".bias", bias, x.type()));
    }
  }

  /**
   * The nearest neighbour in a bank of embeddings: the cosine to the nearest fake one minus the
   * cosine to the nearest real one.
   *
   * @param real rows of the tensor {@code real}
   * @param fake rows of the tensor {@code fake}
   */
  public record NearestNeighbour(int real, int fake) implements Head {
    @Override
    public String code() {
      return "nearest-neighbour";
    }

    @Override
    public Value of(Layers layers, Value tokens, int in) {
      Ops ops = layers.ops();
      Value x = ops.cast(tokens, OnnxType.FLOAT32);
      Value unit = ops.div(x, ops.norm(x));
      return ops.sub(
          nearest(layers, unit, "fake", fake, in), nearest(layers, unit, "real", real, in));
    }

    private static Value nearest(Layers layers, Value unit, String name, int rows, int in) {
      Weight bank = layers.take(name, rows, in);
      Weight norms = Weight.computed(new long[] {rows}, () -> inverseNorms(bank, rows, in));
      Ops ops = layers.ops();
      Value products =
          ops.gemm(ops.reshape(unit, -1, in), layers.put("bank." + name, bank, unit.type()));
      Value inverse = layers.put("bank." + name + ".inverse_norm", norms, unit.type());
      return ops.reduceMax(ops.mul(products, inverse));
    }

    /** The inverse norm of each row, computed without the whole bank in memory. */
    private static float[] inverseNorms(Weight bank, int rows, int width) {
      double[] squares = new double[rows];
      long[] at = {0};
      try {
        bank.copyTo(
            (values, count) -> {
              for (int i = 0; i < count; i++) {
                squares[(int) (at[0]++ / width)] += (double) values[i] * values[i];
              }
            });
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      float[] norms = new float[rows];
      for (int r = 0; r < rows; r++) {
        norms[r] = (float) (1 / Math.sqrt(squares[r]));
      }
      return norms;
    }
  }

  /**
   * The tower and the head that the checkpoint holds; CLIP ViT-L/14 if the tensors do not show the
   * tower.
   */
  public static UniversalFakeDetect of(StateDict weights) {
    return new UniversalFakeDetect(ClipVision.of(weights), head(weights));
  }

  /** Bytes of memory for the head's values per picture, where they exceed the tower's. */
  private long headBytes() {
    return head instanceof NearestNeighbour bank
        ? 2L * Float.BYTES * (1 + clip.patches()) * Math.max(bank.real(), bank.fake())
        : 0;
  }

  private static Head head(StateDict weights) {
    if (weights.shape("real").isPresent()) {
      return new NearestNeighbour(rows(weights, "real"), rows(weights, "fake"));
    }
    if (weights.shape("weight").isPresent()) {
      return new Linear();
    }
    String separator = weights.shape("fc1_bias").isPresent() ? "_" : ".";
    return new TwoLayers(weights.size("fc1" + separator + "bias", 0, HIDDEN), separator);
  }

  /** A bank may have hundreds of thousands of rows. */
  private static int rows(StateDict weights, String bank) {
    return weights
        .shape(bank)
        .filter(shape -> shape.length == 2 && shape[0] > 0 && shape[0] <= 1 << 24)
        .map(shape -> (int) shape[0])
        .orElse(1);
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(ClipVision.UNUSED);
    OnnxGraph graph = new OnnxGraph("universal-fake-detect");
    graph.property("head", head.code());
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Dim side = Dim.of(clip.size());
    Value x = ops.cast(layers.pixels(PixelStatistics.CLIP, side, side), type);

    Value tokens = clip.tokens(layers, x);
    int count = 1 + clip.patches();
    Value judged = ops.reshape(head.of(layers, tokens, clip.projection()), -1, count);
    Value embedding = ops.reshape(ops.slice(tokens, 1, 0, 1), 0, clip.projection());

    graph.output("logits", float32(ops, ops.slice(judged, 1, 0, 1)), Dim.BATCH, Dim.of(1));
    graph.output("embedding", float32(ops, embedding), Dim.BATCH, Dim.of(clip.projection()));
    graph.output(
        "patch_logits",
        float32(ops, ops.slice(judged, 1, 1, count)),
        Dim.BATCH,
        Dim.of(clip.patches()));
    return graph;
  }

  /** The original heads were trained on the unscaled middle of pictures, UFD-T's on the whole. */
  @Override
  public void describe(ManifestDraft manifest) {
    manifest.pipeline(Pipeline.CLIP_VIT);
    manifest.memoryPerRow(50, headBytes());
    manifest.pictures(clip.size(), head instanceof TwoLayers ? Fit.STRETCH : Fit.CROP);
    manifest.heatmap("patch_logits", clip.size() / clip.patch());
    manifest.logits(Activation.SIGMOID);
    manifest.thresholds(0.33, 0.5);
    manifest.looksFor(Category.GENERATIVE, Modality.IMAGE, Modality.VIDEO);
  }

  private static Value float32(Ops ops, Value x) {
    return ops.cast(x, OnnxType.FLOAT32);
  }
}
