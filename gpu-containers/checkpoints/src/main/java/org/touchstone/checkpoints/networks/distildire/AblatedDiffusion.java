package org.touchstone.checkpoints.networks.distildire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * The U-Net of the ablated diffusion model ("Diffusion Models Beat GANs on Image Synthesis",
 * Dhariwal and Nichol 2021; unconditional, 256 x 256), at time 0 only: the time embedding is then
 * constant, and is folded into the scales and shifts of the normalisations.
 *
 * @param size pixels of a side, a multiple of 32
 * @param base channels of the first level
 */
record AblatedDiffusion(int size, int base) {
  private static final int[] MULTIPLES = {1, 1, 2, 2, 4, 4};
  private static final int BLOCKS = 2;

  /** The first level with attention, where the image is an eighth of its size. */
  private static final int FIRST_ATTENTION = 3;

  private static final int HEAD_SIZE = 64;
  private static final float EPSILON = 1e-5f;

  /** A feature map between two blocks. */
  private record Features(Value value, int channels, int side) {
    long[] shape() {
      return new long[] {channels, side, side};
    }
  }

  /** A block's change of size. */
  private enum Change {
    NONE,
    HALVE,
    DOUBLE
  }

  /**
   * @param x {@code [N, 3, size, size]}, in -1..1
   * @return the predicted noise, {@code [N, 3, size, size]}
   */
  Value noise(Layers layers, Value x) {
    TimeEmbedding time = new TimeEmbedding(layers, base);
    Deque<Features> skips = new ArrayDeque<>();
    Features f =
        new Features(
            layers.conv(x, "input_blocks.0.0", 3, base, Window.square(3, 1, 1)), base, size);
    layers.stage("input_blocks.0", f.value());
    skips.push(f);

    int index = 1;
    for (int level = 0; level < MULTIPLES.length; level++) {
      for (int i = 0; i < BLOCKS; i++) {
        String key = "input_blocks." + index++;
        f = residual(layers, time, f, key + ".0", base * MULTIPLES[level], Change.NONE);
        f = level < FIRST_ATTENTION ? f : attention(layers, f, key + ".1");
        layers.stage(key, f.value());
        skips.push(f);
      }
      if (level < MULTIPLES.length - 1) {
        String key = "input_blocks." + index++;
        f = residual(layers, time, f, key + ".0", f.channels(), Change.HALVE);
        layers.stage(key, f.value());
        skips.push(f);
      }
    }

    f = residual(layers, time, f, "middle_block.0", f.channels(), Change.NONE);
    f = attention(layers, f, "middle_block.1");
    f = residual(layers, time, f, "middle_block.2", f.channels(), Change.NONE);
    layers.stage("middle_block", f.value());

    index = 0;
    for (int level = MULTIPLES.length - 1; level >= 0; level--) {
      for (int i = 0; i <= BLOCKS; i++) {
        String key = "output_blocks." + index++;
        Features skip = skips.pop();
        Value both = layers.ops().concat(1, List.of(f.value(), skip.value()));
        f = new Features(both, f.channels() + skip.channels(), f.side());
        f = residual(layers, time, f, key + ".0", base * MULTIPLES[level], Change.NONE);
        f = level < FIRST_ATTENTION ? f : attention(layers, f, key + ".1");
        if (level > 0 && i == BLOCKS) {
          String last = key + (level < FIRST_ATTENTION ? ".1" : ".2");
          f = residual(layers, time, f, last, f.channels(), Change.DOUBLE);
        }
        layers.stage(key, f.value());
      }
    }
    return out(layers, f);
  }

  private Features residual(
      Layers layers, TimeEmbedding time, Features in, String key, int out, Change change) {
    Ops ops = layers.ops();
    Weight inScale = layers.take(key + ".in_layers.0.weight", in.channels());
    Weight inShift = layers.take(key + ".in_layers.0.bias", in.channels());
    Value h =
        layers.groupNorm(in.value(), key + ".in_layers.0", inScale, inShift, in.shape(), EPSILON);
    h = resized(ops, ops.swish(h, 1), change);
    Value skip = resized(ops, in.value(), change);
    int side =
        switch (change) {
          case NONE -> in.side();
          case HALVE -> in.side() / 2;
          case DOUBLE -> in.side() * 2;
        };
    h = layers.conv(h, key + ".in_layers.2", in.channels(), out, Window.square(3, 1, 1));

    Supplier<float[]> scaleAndShift = time.project(key + ".emb_layers.1", 2 * out);
    Weight scale = layers.take(key + ".out_layers.0.weight", out);
    Weight shift = layers.take(key + ".out_layers.0.bias", out);
    Features mid = new Features(h, out, side);
    h =
        layers.groupNorm(
            h,
            key + ".out_layers.0",
            TimeEmbedding.scaled(scale, scaleAndShift),
            TimeEmbedding.shifted(shift, scaleAndShift),
            mid.shape(),
            EPSILON);
    h = layers.conv(ops.swish(h, 1), key + ".out_layers.3", out, out, Window.square(3, 1, 1));
    if (in.channels() != out) {
      skip =
          layers.conv(skip, key + ".skip_connection", in.channels(), out, Window.square(1, 1, 0));
    }
    return new Features(ops.add(skip, h), out, side);
  }

  private static Value resized(Ops ops, Value x, Change change) {
    return switch (change) {
      case NONE -> x;
      case HALVE -> ops.averagePool(x, Window.square(2, 2, 0));
      case DOUBLE -> ops.upsample(x);
    };
  }

  private static Features attention(Layers layers, Features in, String key) {
    Ops ops = layers.ops();
    int width = in.channels();
    Weight scale = layers.take(key + ".norm.weight", width);
    Weight shift = layers.take(key + ".norm.bias", width);
    Value h = layers.groupNorm(in.value(), key + ".norm", scale, shift, in.shape(), EPSILON);
    h = ops.transpose(ops.reshape(h, 0, width, (long) in.side() * in.side()), 0, 2, 1);

    // The checkpoint stores queries, keys and values head by head.
    int[] order = headsInside(width);
    Weight qkv = layers.take(key + ".qkv.weight", 3L * width, width, 1);
    Weight bias = layers.take(key + ".qkv.bias", 3L * width);
    h =
        layers.attention(
            h,
            key + ".qkv",
            qkv.reshaped(3L * width, width).permuted(order),
            bias.permuted(order),
            width / HEAD_SIZE);
    Weight projection = layers.take(key + ".proj_out.weight", width, width, 1);
    Value matrix =
        layers.put(
            key + ".proj_out.weight", projection.reshaped(width, width).transposed(), h.type());
    h = ops.add(ops.matMul(h, matrix), layers.weight(key + ".proj_out.bias", h, width));
    h = ops.reshape(ops.transpose(h, 0, 2, 1), 0, width, in.side(), in.side());
    return new Features(ops.add(in.value(), h), width, in.side());
  }

  /** Reorders rows {@code [head, q|k|v, 64]} to {@code [q|k|v, head, 64]}. */
  private static int[] headsInside(int width) {
    int[] order = new int[3 * width];
    for (int i = 0; i < order.length; i++) {
      int part = i / width;
      int head = i % width / HEAD_SIZE;
      order[i] = (head * 3 + part) * HEAD_SIZE + i % HEAD_SIZE;
    }
    return order;
  }

  /** The output layer without the last three of its six channels, which predict the variance. */
  private static Value out(Layers layers, Features in) {
    Ops ops = layers.ops();
    Weight scale = layers.take("out.0.weight", in.channels());
    Weight shift = layers.take("out.0.bias", in.channels());
    Value h =
        ops.swish(layers.groupNorm(in.value(), "out.0", scale, shift, in.shape(), EPSILON), 1);
    Weight kernel = layers.take("out.2.weight", 6, in.channels(), 3, 3).rows(0, 3);
    Weight bias = layers.take("out.2.bias", 6).rows(0, 3);
    Value noise =
        ops.conv(
            h,
            layers.put("out.2.weight", kernel, h.type()),
            layers.put("out.2.bias", bias, h.type()),
            Window.square(3, 1, 1),
            1);
    return layers.stage("noise", noise);
  }
}
