package org.touchstone.checkpoints.networks.wav2vec2;

import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * wav2vec 2.0's positions: a wide convolution in groups, its kernel weight-normed ("Weight
 * Normalization", Salimans and Kingma 2016) for each of its steps in time.
 *
 * @param kernel steps in time
 * @param groups groups of channels
 * @param length name of the tensor of the kernel's lengths
 * @param direction name of the tensor of its directions
 */
record PositionalConvolution(int kernel, int groups, String length, String direction) {
  private static final String CONV = "encoder.pos_conv_embed.conv.";
  private static final int KERNEL = 128;
  private static final int GROUPS = 16;

  /** PyTorch names the two parts of a weight-normed kernel in one of two ways, by its version. */
  static PositionalConvolution of(StateDict weights, String prefix, int width) {
    String parts = CONV + "parametrizations.weight.original";
    boolean recent = weights.shape(prefix + parts + "1").isPresent();
    String direction = recent ? parts + "1" : CONV + "weight_v";
    int perGroup = weights.size(prefix + direction, 1, 0);
    return new PositionalConvolution(
        weights.size(prefix + direction, 2, KERNEL),
        perGroup > 0 && width % perGroup == 0 ? width / perGroup : GROUPS,
        recent ? parts + "0" : CONV + "weight_g",
        direction);
  }

  /**
   * @param x {@code [N, frames, width]}
   * @return of the same shape
   */
  Value of(Layers layers, Value x, int width) {
    Ops ops = layers.ops();
    Weight g = layers.take(length, 1, 1, kernel);
    Weight v = layers.take(direction, width, width / groups, kernel);
    Weight weight =
        Weight.computed(
            new long[] {width, width / groups, 1, kernel}, () -> normed(g.floats(), v.floats()));
    Value w = layers.put(CONV + "weight", weight, x.type());
    Value bias = layers.weight(CONV + "bias", x, width);
    Value planes = ops.reshape(ops.transpose(x, 0, 2, 1), 0, width, 1, -1);
    Window window = new Window(1, kernel, 1, 1, 0, kernel / 2);
    Value out = ops.conv(planes, w, bias, window, groups);
    if (kernel % 2 == 0) {
      out = ops.slice(out, 3, 0, -1);
    }
    return ops.transpose(ops.reshape(ops.gelu(out), 0, width, -1), 0, 2, 1);
  }

  private float[] normed(float[] g, float[] v) {
    double[] squares = new double[kernel];
    for (int i = 0; i < v.length; i++) {
      squares[i % kernel] += (double) v[i] * v[i];
    }
    for (int i = 0; i < v.length; i++) {
      v[i] = (float) (g[i % kernel] * v[i] / Math.sqrt(squares[i % kernel]));
    }
    return v;
  }
}
