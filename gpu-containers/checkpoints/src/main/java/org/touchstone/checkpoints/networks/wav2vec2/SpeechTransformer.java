package org.touchstone.checkpoints.networks.wav2vec2;

import java.util.List;
import java.util.Objects;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.read.StateDict;

/**
 * wav2vec 2.0 ("wav2vec 2.0: A Framework for Self-Supervised Learning of Speech Representations",
 * Baevski et al. 2020; keys as in Hugging Face's checkpoints).
 *
 * <p>The published models come in two variants. In one, that of wav2vec 2.0 base, the transformer
 * normalises after each layer; in the other, that of XLSR and XLS-R, it does so before ("stable").
 * In all of them the stable one also has the features in which each convolution is normed, by which
 * it is told apart.
 *
 * @param features the convolutions
 * @param positions the positional convolution
 * @param width of a frame
 * @param depth layers
 * @param heads attention heads of a layer
 * @param inner features inside a layer's second half
 */
record SpeechTransformer(
    WaveFeatures features,
    PositionalConvolution positions,
    int width,
    int depth,
    int heads,
    int inner) {
  /** Prefix of the names of its tensors. */
  static final String PREFIX = "wav2vec2.";

  private static final int WIDTH = 1024;
  private static final int DEPTH = 24;
  private static final int HEAD_SIZE = 64;

  /** Published widths whose heads do not have 64 features, those of XLS-R 1B and 2B. */
  private static final List<Integer> WIDER = List.of(1280, 1920);

  private static final int HEADS = 16;
  private static final float EPSILON = 1e-5f;
  private static final String LAYERS = "encoder.layers.";

  SpeechTransformer {
    Objects.requireNonNull(features, "features");
    Objects.requireNonNull(positions, "positions");
  }

  /** The transformer that the tensors belong to; XLS-R 300M's size where they do not show it. */
  static SpeechTransformer of(StateDict weights) {
    int width = weights.size(PREFIX + "feature_projection.projection.weight", 0, WIDTH);
    boolean known = width <= WIDTH && width % HEAD_SIZE == 0;
    if (!known && !WIDER.contains(width)) {
      width = WIDTH;
    }
    return new SpeechTransformer(
        WaveFeatures.of(weights, PREFIX),
        PositionalConvolution.of(weights, PREFIX, width),
        width,
        weights.count(PREFIX + LAYERS, DEPTH),
        known ? width / HEAD_SIZE : HEADS,
        weights.size(PREFIX + LAYERS + "0.feed_forward.intermediate_dense.weight", 0, 4 * width));
  }

  private boolean stable() {
    return features.eachNormed();
  }

  /**
   * @param x {@code [N, samples]}
   * @return {@code [N, frames, width]}
   */
  Value of(Layers layers, Value x) {
    Ops ops = layers.ops();
    int channels = features.channels();
    x = layers.stage("features", features.of(layers, x));
    x = ops.transpose(ops.reshape(x, 0, channels, -1), 0, 2, 1);
    x = layers.layerNorm(x, "feature_projection.layer_norm", channels, EPSILON);
    x = layers.tokenLinear(x, "feature_projection.projection", channels, width);
    layers.stage("projected", x);
    x = ops.add(x, layers.stage("positions", positions.of(layers, x, width)));
    if (!stable()) {
      x = layers.layerNorm(x, "encoder.layer_norm", width, EPSILON);
    }
    for (int i = 0; i < depth; i++) {
      String key = LAYERS + i;
      x = layers.stage("layers." + i, stable() ? before(layers, x, key) : after(layers, x, key));
    }
    return layers.stage(
        "hidden", stable() ? layers.layerNorm(x, "encoder.layer_norm", width, EPSILON) : x);
  }

  /** A layer that normalises before each half. */
  private Value before(Layers layers, Value x, String key) {
    Ops ops = layers.ops();
    Value h = layers.layerNorm(x, key + ".layer_norm", width, EPSILON);
    x = ops.add(x, attention(layers, h, key + ".attention"));
    h = layers.layerNorm(x, key + ".final_layer_norm", width, EPSILON);
    return ops.add(x, forward(layers, h, key + ".feed_forward"));
  }

  /** A layer that normalises after each half. */
  private Value after(Layers layers, Value x, String key) {
    Ops ops = layers.ops();
    x = ops.add(x, attention(layers, x, key + ".attention"));
    x = layers.layerNorm(x, key + ".layer_norm", width, EPSILON);
    x = ops.add(x, forward(layers, x, key + ".feed_forward"));
    return layers.layerNorm(x, key + ".final_layer_norm", width, EPSILON);
  }

  private Value forward(Layers layers, Value x, String key) {
    Value h = layers.tokenLinear(x, key + ".intermediate_dense", width, inner);
    return layers.tokenLinear(layers.ops().gelu(h), key + ".output_dense", inner, width);
  }

  private Value attention(Layers layers, Value x, String key) {
    Value h = layers.attention(x, key, width, heads);
    return layers.tokenLinear(h, key + ".out_proj", width, width);
  }
}
