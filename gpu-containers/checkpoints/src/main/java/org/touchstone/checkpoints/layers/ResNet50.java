package org.touchstone.checkpoints.layers;

import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;

/**
 * ResNet-50 up to its last feature map ("Deep Residual Learning for Image Recognition", He et al.
 * 2016; strides in the 3 x 3 convolutions and keys as in torchvision).
 */
public final class ResNet50 {
  /** Channels of the last feature map. */
  public static final int FEATURES = 2048;

  private static final int[] BLOCKS = {3, 4, 6, 3};

  private ResNet50() {}

  /**
   * @param x {@code [N, channels, H, W]}
   * @return {@code [N, 2048, H / 32, W / 32]}
   */
  public static Value features(Layers layers, Value x, String key, int channels) {
    Ops ops = layers.ops();
    x = normed(layers, x, key + ".conv1", key + ".bn1", channels, 64, Window.square(7, 2, 3));
    x = ops.maxPool(ops.relu(x), Window.square(3, 2, 1));
    int in = 64;
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      int inner = 64 << stage;
      for (int b = 0; b < BLOCKS[stage]; b++) {
        int stride = stage > 0 && b == 0 ? 2 : 1;
        x = block(layers, x, key + ".layer" + (stage + 1) + "." + b, in, inner, stride);
        in = 4 * inner;
      }
      layers.stage(key + ".layer" + (stage + 1), x);
    }
    return x;
  }

  private static Value block(Layers layers, Value x, String key, int in, int inner, int stride) {
    Ops ops = layers.ops();
    int out = 4 * inner;
    Window point = Window.square(1, 1, 0);
    Value h = ops.relu(normed(layers, x, key + ".conv1", key + ".bn1", in, inner, point));
    h = normed(layers, h, key + ".conv2", key + ".bn2", inner, inner, Window.square(3, stride, 1));
    h = normed(layers, ops.relu(h), key + ".conv3", key + ".bn3", inner, out, point);
    if (in != out) {
      Window strided = Window.square(1, stride, 0);
      x = normed(layers, x, key + ".downsample.0", key + ".downsample.1", in, out, strided);
    }
    return ops.relu(ops.add(x, h));
  }

  private static Value normed(
      Layers layers, Value x, String conv, String norm, int in, int out, Window window) {
    return layers.convBatchNorm(
        x, conv, false, norm, window, 1, out, in, window.rows(), window.columns());
  }
}
