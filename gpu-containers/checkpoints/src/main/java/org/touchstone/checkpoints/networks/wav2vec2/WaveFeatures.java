package org.touchstone.checkpoints.networks.wav2vec2;

import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * wav2vec 2.0's features of a waveform: seven convolutions, a frame for each 20 ms.
 *
 * @param channels of each convolution
 * @param eachNormed whether each convolution is followed by a layer normalisation, as in XLS-R;
 *     otherwise each channel of the first one is normalised over time, as in wav2vec 2.0 base
 * @param bias whether the convolutions have biases
 */
record WaveFeatures(int channels, boolean eachNormed, boolean bias) {
  private static final String LAYERS = "feature_extractor.conv_layers.";
  private static final int[] KERNELS = {10, 3, 3, 3, 3, 2, 2};
  private static final int[] STRIDES = {5, 2, 2, 2, 2, 2, 2};
  private static final int CHANNELS = 512;
  private static final float EPSILON = 1e-5f;

  static WaveFeatures of(StateDict weights, String prefix) {
    String first = prefix + LAYERS + "0.conv.";
    return new WaveFeatures(
        weights.size(first + "weight", 0, CHANNELS),
        weights.shape(prefix + LAYERS + "1.layer_norm.weight").isPresent(),
        weights.shape(first + "bias").isPresent());
  }

  /**
   * @param x {@code [N, samples]}
   * @return {@code [N, channels, 1, frames]}
   */
  Value of(Layers layers, Value x) {
    Ops ops = layers.ops();
    x = ops.reshape(x, 0, 1, 1, -1);
    for (int i = 0; i < KERNELS.length; i++) {
      String key = LAYERS + i;
      int in = i == 0 ? 1 : channels;
      Window window = new Window(1, KERNELS[i], 1, STRIDES[i], 0, 0);
      Weight kernel = layers.take(key + ".conv.weight", channels, in, KERNELS[i]);
      Value w =
          layers.put(key + ".conv.weight", kernel.reshaped(channels, in, 1, KERNELS[i]), x.type());
      x =
          bias
              ? ops.conv(x, w, layers.weight(key + ".conv.bias", x, channels), window, 1)
              : ops.conv(x, w, window);
      if (eachNormed) {
        x = layers.layerNormChannels(x, key + ".layer_norm", channels, EPSILON);
      } else if (i == 0) {
        x = channelsNormed(layers, x, key + ".layer_norm");
      }
      x = layers.stage("conv_layers." + i, ops.gelu(x));
    }
    return x;
  }

  /** Group normalisation with as many groups as channels, in float32. */
  private Value channelsNormed(Layers layers, Value x, String key) {
    Ops ops = layers.ops();
    Value scale =
        layers.put(key + ".weight", layers.take(key + ".weight", channels), OnnxType.FLOAT32);
    Value shift = layers.put(key + ".bias", layers.take(key + ".bias", channels), OnnxType.FLOAT32);
    Value exact = ops.cast(x, OnnxType.FLOAT32);
    return ops.cast(ops.instanceNorm(exact, scale, shift, EPSILON), x.type());
  }
}
