package org.touchstone.checkpoints.layers;

import java.util.function.Supplier;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * ConvNeXt: a stem of 4 x 4 patches, four stages of depthwise 7 x 7 convolutions with inverted
 * bottlenecks, and a linear head ("A ConvNet for the 2020s", Liu et al. 2022; keys as in timm).
 *
 * @param depths blocks of each stage
 * @param dims channels of each stage
 * @param classes features of the head
 */
public record ConvNext(int[] depths, int[] dims, int classes) {
  /** ConvNeXt-T, as published. */
  public static final ConvNext TINY =
      new ConvNext(new int[] {3, 3, 9, 3}, new int[] {96, 192, 384, 768}, 1000);

  private static final float EPSILON = 1e-6f;

  /** A network as deep and wide as the tensors; {@link #TINY} where they are missing. */
  public static ConvNext of(StateDict weights, String key) {
    int[] depths = TINY.depths.clone();
    int[] dims = TINY.dims.clone();
    for (int s = 0; s < depths.length; s++) {
      String blocks = key + ".stages." + s + ".blocks.";
      depths[s] = weights.count(blocks, depths[s]);
      dims[s] = weights.size(blocks + "0.gamma", 0, dims[s]);
    }
    return new ConvNext(depths, dims, weights.size(key + ".head.fc.bias", 0, TINY.classes));
  }

  /**
   * @param x {@code [N, 3, H, W]}, H and W multiples of 32
   * @param key prefix of its tensors
   * @param stage prefix of the names of its values
   * @return {@code [N, classes]}
   */
  public Value of(Layers layers, Value x, String key, String stage) {
    Ops ops = layers.ops();
    x = layers.conv(x, key + ".stem.0", 3, dims[0], Window.square(4, 4, 0));
    x =
        layers.stage(
            stage + ".stem", layers.layerNormChannels(x, key + ".stem.1", dims[0], EPSILON));
    for (int s = 0; s < depths.length; s++) {
      String at = key + ".stages." + s;
      if (s > 0) {
        x = layers.layerNormChannels(x, at + ".downsample.0", dims[s - 1], EPSILON);
        x = layers.conv(x, at + ".downsample.1", dims[s - 1], dims[s], Window.square(2, 2, 0));
      }
      for (int b = 0; b < depths[s]; b++) {
        x = block(layers, x, at + ".blocks." + b, dims[s]);
      }
      x = layers.stage(stage + ".stages." + s, x);
    }
    int last = dims[dims.length - 1];
    x = layers.layerNorm(ops.globalAveragePool(x), key + ".head.norm", last, EPSILON);
    return layers.stage(stage, layers.linear(x, key + ".head.fc", last, classes));
  }

  private static Value block(Layers layers, Value x, String key, int dim) {
    Ops ops = layers.ops();
    Value h = layers.depthwise(x, key + ".conv_dw", dim, Window.square(7, 1, 3));
    h = layers.layerNorm(ops.transpose(h, 0, 2, 3, 1), key + ".norm", dim, EPSILON);
    h = ops.gelu(layers.tokenLinear(h, key + ".mlp.fc1", dim, 4 * dim));
    h = scaledLinear(layers, h, key, 4 * dim, dim);
    return ops.add(x, ops.transpose(h, 0, 3, 1, 2));
  }

  /** The second layer of the bottleneck, its outputs times the block's {@code gamma}. */
  private static Value scaledLinear(Layers layers, Value x, String key, int in, int out) {
    Weight gamma = layers.take(key + ".gamma", out);
    Supplier<double[]> factors =
        () -> {
          float[] g = gamma.floats();
          double[] factor = new double[g.length];
          for (int i = 0; i < g.length; i++) {
            factor[i] = g[i];
          }
          return factor;
        };
    String fc2 = key + ".mlp.fc2";
    Weight w = layers.take(fc2 + ".weight", out, in).scaled(factors).transposed();
    Weight b = layers.take(fc2 + ".bias", out).scaled(factors);
    Ops ops = layers.ops();
    Value product = ops.matMul(x, layers.put(fc2 + ".weight", w, x.type()));
    return ops.add(product, layers.put(fc2 + ".bias", b, x.type()));
  }
}
