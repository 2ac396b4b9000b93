package org.touchstone.checkpoints.networks.styleflow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.ftcn.Ftcn;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.PipelineOptions.Aggregation;

/**
 * StyleFlow ("Exploiting Style Latent Flows for Generalizing Deepfake Video Detection", Choi et al.
 * 2024): FTCN sees the faces, recurrent units see how their codes in StyleGAN's latent space change
 * from frame to frame, and attention combines the two.
 *
 * <p>Inputs: {@code image}, as {@link Ftcn}; {@code latents}, float32 {@code [N, 31, features]}:
 * each frame's code minus the previous frame's, from an encoder that is not part of the network.
 * Output {@code logits}: float32 {@code [N, 1]}, positive for fake.
 *
 * <p>The recurrent layers stay in float32, because ONNX Runtime has no other kernel for them on
 * CPUs.
 *
 * @param content the network that sees the faces
 * @param features numbers of a code
 * @param hidden units in each direction of each of the two layers
 */
public record StyleFlow(Ftcn content, int features, int hidden) implements NetworkVariant {
  /** 18 styles of 512 numbers. */
  public static final int CODE = 18 * 512;

  /** Differences between the frames of a clip. */
  public static final int CHANGES = Ftcn.FRAMES - 1;

  /**
   * The head that scores the codes alone. The recurrent units were trained with it before the rest.
   */
  private static final Pattern UNUSED = Pattern.compile("^(model\\.)?dense\\.");

  private static final String ATTENTION = "resnet.head.STA.";
  private static final String[] DIRECTIONS = {"", "_reverse"};
  private static final int LAYERS = 2;
  private static final int GATES = 3;
  private static final float BATCH_NORM_EPSILON = 1e-5f;

  public StyleFlow {
    if (2 * LAYERS * hidden != Ftcn.FRAMES / 2 * content.tokenWidth()) {
      throw new IllegalArgumentException("the states must fill as many numbers as the tokens");
    }
  }

  /**
   * A network as wide as the tensors. It has the recurrent units if the checkpoint holds any part
   * of them; otherwise it is StyleFlow as shipped.
   */
  public static NetworkVariant of(StateDict weights) {
    Ftcn content = Ftcn.of(weights);
    String prefix = prefix(weights);
    if (!weights.anyUnder(ATTENTION) && !weights.anyUnder(prefix + "gru.")) {
      return new AsShipped(content);
    }
    int features = weights.size(prefix + "gru.weight_ih_l0", 1, CODE);
    return new StyleFlow(content, features, Ftcn.FRAMES / 2 * content.tokenWidth() / (2 * LAYERS));
  }

  /**
   * The prefix that the training code puts before the units' tensor names; the trained file does
   * not have it.
   */
  private static String prefix(StateDict weights) {
    return weights.anyUnder("gru.") ? "" : "model.";
  }

  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    weights.ignore(Ftcn.UNUSED);
    weights.ignore(UNUSED);
    OnnxGraph graph = new OnnxGraph("styleflow");
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Value tokens = content.tokens(layers, type);
    Value latents =
        graph.input("latents", OnnxType.FLOAT32, Dim.BATCH, Dim.of(CHANGES), Dim.of(features));
    Layers units = new Layers(graph, weights, prefix(weights));
    Value style = layers.stage("style", style(units, latents));
    Value seen = ops.add(tokens, attention(layers, tokens, ops.cast(style, type)));
    Value logits = content.logits(layers, layers.stage("attended", seen));
    graph.output("logits", ops.cast(logits, OnnxType.FLOAT32), Dim.BATCH, Dim.of(1));
    return graph;
  }

  @Override
  public void describe(ManifestDraft manifest) {
    new AsShipped(content).describe(manifest);
    manifest.extraInput("latents", Fill.STYLE_LATENTS, CHANGES, features);
  }

  /** The network as shipped: FTCN, whose logits are averaged before they become a score. */
  private record AsShipped(Ftcn content) implements NetworkVariant {
    @Override
    public OnnxGraph graph(StateDict weights, OnnxType type) {
      return content.graph(weights, type);
    }

    @Override
    public void describe(ManifestDraft manifest) {
      content.describe(manifest, Aggregation.LOGIT_MEAN);
    }
  }

  /** The last states of all layers and directions, split as the tokens are. */
  private Value style(Layers layers, Value latents) {
    Ops ops = layers.ops();
    Value x = ops.transpose(normalised(layers, latents), 1, 0, 2);
    Weight initial = layers.take("hidden_state", 2 * LAYERS, 1, hidden);
    List<Value> last = new ArrayList<>();
    for (int l = 0; l < LAYERS; l++) {
      Value state = layers.put("hidden_state." + l, initial.rows(2 * l, 2), OnnxType.FLOAT32);
      int in = l == 0 ? features : 2 * hidden;
      List<Value> states =
          ops.bidirectionalGru(
              x,
              gates(layers, "gru.weight_ih_l" + l, in),
              gates(layers, "gru.weight_hh_l" + l, hidden),
              biases(layers, l),
              ops.repeatSecond(state, latents),
              hidden);
      x = ops.reshape(ops.transpose(states.getFirst(), 0, 2, 1, 3), 0, 0, 2L * hidden);
      last.add(states.getLast());
    }
    Value states = ops.transpose(ops.concat(0, last), 1, 0, 2);
    return ops.reshape(states, 0, Ftcn.FRAMES / 2, content.tokenWidth());
  }

  /** Batch normalisation with a scale and a shift for each step in time. */
  private static Value normalised(Layers layers, Value latents) {
    Weight scale = layers.take("bn.weight", CHANGES);
    Weight shift = layers.take("bn.bias", CHANGES);
    Weight mean = layers.take("bn.running_mean", CHANGES);
    Weight variance = layers.take("bn.running_var", CHANGES);
    Weight factors =
        Weight.computed(
            new long[] {CHANGES, 1},
            () -> {
              float[] factor = scale.floats();
              float[] v = variance.floats();
              for (int i = 0; i < factor.length; i++) {
                factor[i] = (float) (factor[i] / Math.sqrt(v[i] + (double) BATCH_NORM_EPSILON));
              }
              return factor;
            });
    Weight offsets =
        Weight.computed(
            new long[] {CHANGES, 1},
            () -> {
              float[] factor = factors.floats();
              float[] offset = shift.floats();
              float[] m = mean.floats();
              for (int i = 0; i < offset.length; i++) {
                offset[i] = (float) (offset[i] - (double) m[i] * factor[i]);
              }
              return offset;
            });
    Ops ops = layers.ops();
    Value scaled = ops.mul(latents, layers.put("bn.weight", factors, OnnxType.FLOAT32));
    return ops.add(scaled, layers.put("bn.bias", offsets, OnnxType.FLOAT32));
  }

  /** Both directions' matrices, their gates in ONNX's order. */
  private Value gates(Layers layers, String key, int in) {
    List<Weight> parts = new ArrayList<>();
    for (String direction : DIRECTIONS) {
      Weight gates = layers.take(key + direction, (long) GATES * hidden, in);
      parts.addAll(ordered(gates));
    }
    Weight both = Weight.stacked(parts).reshaped(2, (long) GATES * hidden, in);
    return layers.put(key, both, OnnxType.FLOAT32);
  }

  private Value biases(Layers layers, int layer) {
    List<Weight> parts = new ArrayList<>();
    for (String direction : DIRECTIONS) {
      for (String of : List.of("gru.bias_ih_l", "gru.bias_hh_l")) {
        parts.addAll(ordered(layers.take(of + layer + direction, (long) GATES * hidden)));
      }
    }
    Weight all = Weight.stacked(parts).reshaped(2, 2L * GATES * hidden);
    return layers.put("gru.bias_l" + layer, all, OnnxType.FLOAT32);
  }

  /**
   * Reorders the gates: PyTorch stores reset, update, candidate; ONNX expects update, reset,
   * candidate.
   */
  private List<Weight> ordered(Weight gates) {
    return Stream.of(1, 0, 2).map(gate -> gates.rows(gate * hidden, hidden)).toList();
  }

  /** Attention from the tokens to the style, with one head. */
  private Value attention(Layers layers, Value tokens, Value style) {
    Ops ops = layers.ops();
    int dim = content.tokenWidth();
    Value q = layers.tokenLinear(tokens, ATTENTION + "w_q", dim, dim);
    Value k = layers.tokenLinear(style, ATTENTION + "w_k", dim, dim);
    Value v = layers.tokenLinear(style, ATTENTION + "w_v", dim, dim);
    Value scores = ops.mul(ops.matMul(q, ops.transpose(k, 0, 2, 1)), 1 / Math.sqrt(dim));
    Value answer = ops.matMul(ops.softmax(scores, -1), v);
    return layers.tokenLinear(answer, ATTENTION + "lp", dim, dim);
  }
}
