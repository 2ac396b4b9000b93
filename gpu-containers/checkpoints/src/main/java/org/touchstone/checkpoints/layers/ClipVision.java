package org.touchstone.checkpoints.layers;

import java.util.regex.Pattern;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * CLIP's image tower, a vision transformer that normalises before each layer ("Learning
 * Transferable Visual Models From Natural Language Supervision", Radford et al. 2021; keys as in
 * Hugging Face's checkpoints, spelling included).
 *
 * @param size pixels of a side
 * @param patch pixels of a patch's side
 * @param width of a token
 * @param depth layers
 * @param heads attention heads of a layer
 * @param projection size of the embedding that images and texts share; {@link #pooled} has no part
 *     in it
 */
public record ClipVision(int size, int patch, int width, int depth, int heads, int projection) {
  /** ViT-L/14. */
  public static final ClipVision LARGE_14 = new ClipVision(224, 14, 1024, 24, 16, 768);

  /** The text tower, and buffers that hold no weights. */
  public static final Pattern UNUSED =
      Pattern.compile("^text_model\\.|^text_projection\\.|^logit_scale$|position_ids$");

  private static final String POST_NORM = "vision_model.post_layernorm";
  private static final float EPSILON = 1e-5f;
  private static final int HEAD_SIZE = 64;

  /** The largest side of an input image, in pixels. */
  private static final int MAX_SIZE = 1024;

  private static final double QUICK_GELU = 1.702;

  /**
   * The tower that the tensors belong to. All towers that CLIP published have heads of 64 features.
   * Wider towers by others do not, and their tensors do not show it.
   */
  public static ClipVision of(StateDict weights) {
    return of(weights, "");
  }

  /**
   * The tower that the tensors belong to, as {@link #of(StateDict)}.
   *
   * @param prefix prefix of the tensors' names
   */
  public static ClipVision of(StateDict weights, String prefix) {
    String model = prefix + "vision_model.";
    int width = weights.size(model + "embeddings.class_embedding", 0, LARGE_14.width);
    int patch = weights.size(model + "embeddings.patch_embedding.weight", 2, LARGE_14.patch);
    int tokens = weights.size(model + "embeddings.position_embedding.weight", 0, 0);
    int side = (int) Math.sqrt(tokens - 1.0);
    boolean square = side > 0 && side * side == tokens - 1 && (long) side * patch <= MAX_SIZE;
    return square && width % HEAD_SIZE == 0 && width <= LARGE_14.width
        ? new ClipVision(
            side * patch,
            patch,
            width,
            weights.count(model + "encoder.layers.", LARGE_14.depth),
            width / HEAD_SIZE,
            weights.size(prefix + "visual_projection.weight", 0, LARGE_14.projection))
        : LARGE_14;
  }

  /** Patches of an image. */
  public int patches() {
    return size / patch * (size / patch);
  }

  /**
   * @param x {@code [N, 3, size, size]}
   * @return {@code [N, 1 + patches, projection]}: each token normalised and projected as CLIP does
   *     with the first, the class token; not of unit length
   */
  public Value tokens(Layers layers, Value x) {
    x = layers.layerNorm(encoded(layers, x, false), POST_NORM, width, EPSILON);
    layers.stage("post_layernorm", x);
    return layers.tokenProjection(x, "visual_projection", width, projection);
  }

  /**
   * The normalised class token before CLIP's projection, Hugging Face's {@code pooler_output}. The
   * last layer computes this token only, after its attention.
   *
   * @param x {@code [N, 3, size, size]}
   * @return {@code [N, width]}
   */
  public Value pooled(Layers layers, Value x) {
    x = layers.layerNorm(encoded(layers, x, true), POST_NORM, width, EPSILON);
    return layers.stage("pooled", layers.ops().reshape(x, 0, width));
  }

  /**
   * The tokens after the last layer.
   *
   * @param pooled whether only the class token is needed
   * @return {@code [N, 1 + patches, width]}, or {@code [N, 1, width]}
   */
  private Value encoded(Layers layers, Value x, boolean pooled) {
    Ops ops = layers.ops();
    String embeddings = "vision_model.embeddings.";
    Value kernel = layers.weight(embeddings + "patch_embedding.weight", x, width, 3, patch, patch);
    x = ops.conv(x, kernel, Window.square(patch, patch, 0));
    x = ops.transpose(ops.reshape(x, 0, width, patches()), 0, 2, 1);
    // The class token starts as a row of zeros; its embedding and position are added to it.
    x = ops.add(ops.padBefore(x, 3, 1, 1), positions(layers, x));
    x = layers.layerNorm(x, "vision_model.pre_layrnorm", width, EPSILON);
    layers.stage("pre_layrnorm", x);
    for (int i = 0; i < depth; i++) {
      boolean classOnly = pooled && i == depth - 1;
      String key = "vision_model.encoder.layers." + i;
      x = layers.stage("layers." + i, layer(layers, x, key, classOnly));
    }
    return x;
  }

  private Value layer(Layers layers, Value x, String key, boolean classOnly) {
    Ops ops = layers.ops();
    Value h = layers.layerNorm(x, key + ".layer_norm1", width, EPSILON);
    h = layers.attention(h, key + ".self_attn", width, heads);
    if (classOnly) {
      x = ops.slice(x, 1, 0, 1);
      h = ops.slice(h, 1, 0, 1);
    }
    x = ops.add(x, layers.tokenLinear(h, key + ".self_attn.out_proj", width, width));
    h = layers.layerNorm(x, key + ".layer_norm2", width, EPSILON);
    h = layers.tokenLinear(h, key + ".mlp.fc1", width, 4 * width);
    h = layers.tokenLinear(ops.swish(h, QUICK_GELU), key + ".mlp.fc2", 4 * width, width);
    return ops.add(x, h);
  }

  private Value positions(Layers layers, Value like) {
    String embeddings = "vision_model.embeddings.";
    Weight token = layers.take(embeddings + "class_embedding", width);
    Weight position = layers.take(embeddings + "position_embedding.weight", 1 + patches(), width);
    Weight both = position.withFirstAdded(token);
    return layers.put(embeddings + "position_embedding.weight", both, like.type());
  }
}
