package org.touchstone.checkpoints.layers;

import java.util.Optional;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * A vision transformer that normalises before each layer ("An Image is Worth 16x16 Words",
 * Dosovitskiy et al. 2021), with the tensors of timm and of DINOv2: queries, keys and values are
 * the rows of one matrix, each third split into heads of consecutive rows.
 *
 * @param size pixels of a side
 * @param patch pixels of a patch's side
 * @param width of a token
 * @param depth blocks
 * @param heads attention heads of a block
 * @param layerScale whether each half of a block is scaled per channel before it is added ("Going
 *     deeper with Image Transformers", Touvron et al. 2021)
 */
public record VisionTransformer(
    int size, int patch, int width, int depth, int heads, boolean layerScale) {
  private static final float EPSILON = 1e-6f;
  private static final int HEAD_SIZE = 64;

  /** The largest side of an input image, in pixels. */
  private static final int MAX_SIZE = 1024;

  /** The smallest published patches; smaller ones would make hundreds of thousands of tokens. */
  private static final int MIN_PATCH = 8;

  /** The widest published transformer with heads of 64 features, ViT-L. */
  private static final int MAX_WIDTH = 1024;

  /**
   * The transformer that the tensors belong to. Its heads have 64 features, as in ViT-Ti, S, B and
   * L; wider ones have others, and their tensors do not show it.
   *
   * @param prefix prefix of the tensors' names
   * @param size pixels of a side
   * @return empty if the tensors are not those of such a transformer
   */
  public static Optional<VisionTransformer> of(
      StateDict weights, String prefix, int size, boolean layerScale) {
    int patch = weights.size(prefix + "patch_embed.proj.weight", 2, 0);
    int width = weights.size(prefix + "cls_token", 2, 0);
    int depth = weights.count(prefix + "blocks.", 0);
    boolean fits =
        patch >= MIN_PATCH
            && size >= patch
            && size <= MAX_SIZE
            && size % patch == 0
            && width > 0
            && width <= MAX_WIDTH
            && width % HEAD_SIZE == 0
            && depth > 0;
    return fits
        ? Optional.of(
            new VisionTransformer(size, patch, width, depth, width / HEAD_SIZE, layerScale))
        : Optional.empty();
  }

  /**
   * The side, in patches, of the square of positions that the tensors hold; 0 if there is none.
   *
   * @param prefix prefix of the tensors' names
   */
  public static int grid(StateDict weights, String prefix) {
    int tokens = weights.size(prefix + "pos_embed", 1, 0);
    int side = (int) Math.sqrt(tokens - 1.0);
    return side * side == tokens - 1 ? side : 0;
  }

  /** Patches of an image. */
  public int patches() {
    return size / patch * (size / patch);
  }

  /**
   * The class token after the last normalisation. The last block computes this token only, after
   * its attention.
   *
   * @param x {@code [N, 3, size, size]}
   * @param positions added to the tokens, the class token's first, {@code [1, 1 + patches, width]}
   * @return {@code [N, width]}
   */
  public Value classToken(Layers layers, Value x, Weight positions, LinearWeights linears) {
    Ops ops = layers.ops();
    x = layers.conv(x, "patch_embed.proj", 3, width, Window.square(patch, patch, 0));
    x = ops.transpose(ops.reshape(x, 0, width, patches()), 0, 2, 1);
    layers.stage("patches", x);
    // The class token starts as a row of zeros; its embedding and position are added to it.
    Weight added = positions.withFirstAdded(layers.take("cls_token", 1, 1, width));
    x = ops.add(ops.padBefore(x, 3, 1, 1), layers.put("pos_embed", added, x.type()));
    for (int i = 0; i < depth; i++) {
      x = layers.stage("blocks." + i, block(layers, x, "blocks." + i, linears, i == depth - 1));
    }
    x = layers.layerNorm(x, "norm", width, EPSILON);
    return layers.stage("class_token", ops.reshape(x, 0, width));
  }

  private Value block(Layers layers, Value x, String key, LinearWeights linears, boolean last) {
    Ops ops = layers.ops();
    String qkv = key + ".attn.qkv";
    Value h = layers.layerNorm(x, key + ".norm1", width, EPSILON);
    h =
        layers.attention(
            h, qkv, linears.matrix(qkv, 3 * width, width), linears.bias(qkv, 3 * width), heads);
    if (last) {
      x = ops.slice(x, 1, 0, 1);
      h = ops.slice(h, 1, 0, 1);
    }
    x = ops.add(x, scaled(layers, h, key + ".attn.proj", key + ".ls1", linears, width));
    h = layers.layerNorm(x, key + ".norm2", width, EPSILON);
    String fc1 = key + ".mlp.fc1";
    Weight expand = linears.matrix(fc1, 4 * width, width);
    h = ops.gelu(layers.tokenLinear(h, fc1, expand, linears.bias(fc1, 4 * width)));
    return ops.add(x, scaled(layers, h, key + ".mlp.fc2", key + ".ls2", linears, 4 * width));
  }

  /** A linear layer to {@code width} features with the layer scale multiplied into its weights. */
  private Value scaled(
      Layers layers, Value x, String key, String scale, LinearWeights linears, int in) {
    Weight matrix = linears.matrix(key, width, in);
    Weight bias = linears.bias(key, width);
    if (layerScale) {
      Weight gamma = layers.take(scale + ".gamma", width);
      matrix = matrix.scaled(gamma::doubles);
      bias = bias.scaled(gamma::doubles);
    }
    return layers.tokenLinear(x, key, matrix, bias);
  }
}
