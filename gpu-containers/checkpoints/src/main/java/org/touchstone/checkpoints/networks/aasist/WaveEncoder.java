package org.touchstone.checkpoints.networks.aasist;

import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;

/**
 * The encoder: six residual blocks, each of which leaves a third of the times.
 *
 * @param first channels of the first two blocks
 * @param width channels of the others
 */
record WaveEncoder(int first, int width) {
  private static final int BLOCKS = 6;

  /**
   * @param x {@code [N, 1, frequencies, times]}
   * @return {@code [N, width, frequencies, times / 729]}
   */
  Value of(Layers layers, Value x) {
    int in = 1;
    for (int i = 0; i < BLOCKS; i++) {
      int out = i < 2 ? first : width;
      x = layers.stage("encoder." + i, block(layers, x, "encoder." + i + ".0.", in, out));
      in = out;
    }
    return x;
  }

  private static Value block(Layers layers, Value x, String key, int in, int out) {
    Ops ops = layers.ops();
    Window padded = new Window(2, 3, 1, 1, 1, 1);
    Value h = layers.convBatchNorm(x, key + "conv1", true, key + "bn2", padded, 1, out, in, 2, 3);
    h = layers.conv(ops.selu(h), key + "conv2", out, out, new Window(2, 3, 1, 1, 0, 1));
    Value skipped =
        in == out
            ? x
            : layers.conv(x, key + "conv_downsample", in, out, new Window(1, 3, 1, 1, 0, 1));
    return ops.maxPool(ops.add(h, skipped), new Window(1, 3, 1, 3, 0, 0));
  }
}
