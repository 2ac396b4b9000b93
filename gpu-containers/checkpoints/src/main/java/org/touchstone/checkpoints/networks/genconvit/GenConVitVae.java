package org.touchstone.checkpoints.networks.genconvit;

import java.util.List;
import org.touchstone.checkpoints.layers.ConvNext;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;

/**
 * GenConViT's network B: a variational autoencoder redraws the face at half its size, ConvNeXt
 * looks at both pictures, two linear layers score.
 *
 * <p>The published code draws noise at inference too, and takes its deviation from {@code mu}:
 * {@code z = noise * exp(mu / 2) + mu}. Here the noise is a separate input, {@code noise}, float32
 * {@code [N, 12544]}. With zeros, {@code z} is {@code mu}, and the same face always gets the same
 * score.
 */
public record GenConVitVae() {
  /** Numbers of noise for each face. */
  public static final int LATENT = 256 * 7 * 7;

  private static final int[] ENCODER = {3, 16, 32, 64, 128};
  private static final int[] DECODER = {256, 64, 32, 16, 3};
  private static final int ENCODED = 128 * 14 * 14;
  private static final float SLOPE = 0.01f;
  private static final int HIDDEN = 500;

  /**
   * @param image {@code [N, 3, 224, 224]}
   * @return {@code [N, 2]}, fake first
   */
  Value logits(Layers layers, Value image) {
    Ops ops = layers.ops();
    Value x = image;
    for (int i = 0; i < ENCODER.length - 1; i++) {
      String conv = "encoder.features." + 3 * i;
      String norm = "encoder.features." + (3 * i + 1);
      Window window = Window.square(3, 2, 1);
      x = layers.convBatchNorm(x, conv, true, norm, window, 1, ENCODER[i + 1], ENCODER[i], 3, 3);
      x = ops.leakyRelu(x, SLOPE);
    }
    layers.stage("encoder.features", x);
    Value mu = layers.linear(ops.reshape(x, 0, ENCODED), "encoder.mu", ENCODED, LATENT);
    x = ops.reshape(latent(layers, layers.stage("mu", mu)), 0, DECODER[0], 7, 7);
    for (int i = 0; i < DECODER.length - 1; i++) {
      x = layers.doubling(x, "decoder.features." + 2 * i, DECODER[i], DECODER[i + 1]);
      x = ops.leakyRelu(x, SLOPE);
    }
    layers.stage("x_hat", x);

    String backbone = "convnext_backbone";
    Value ofImage = ConvNext.TINY.of(layers, image, backbone, "backbone.image");
    Value ofRedrawn = ConvNext.TINY.of(layers, x, backbone, "backbone.x_hat");
    x = ops.relu(ops.concat(1, List.of(ofImage, ofRedrawn)));
    x = layers.stage("fc", layers.linear(x, "fc", 2 * ConvNext.TINY.classes(), HIDDEN));
    return layers.linear(ops.relu(x), "fc2", HIDDEN, 2);
  }

  /** Computed in float32, because the exponential would exceed the range of half precision. */
  private static Value latent(Layers layers, Value mu) {
    Ops ops = layers.ops();
    Value eps = ops.graph().input("noise", OnnxType.FLOAT32, Dim.BATCH, Dim.of(LATENT));
    Value wide = ops.cast(mu, OnnxType.FLOAT32);
    Value z = ops.add(ops.mul(eps, ops.exp(ops.mul(wide, 0.5))), wide);
    return layers.stage("z", ops.cast(z, mu.type()));
  }
}
