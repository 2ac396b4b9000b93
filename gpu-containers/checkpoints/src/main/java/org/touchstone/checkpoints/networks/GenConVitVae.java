package org.touchstone.checkpoints.networks;

import java.util.List;
import java.util.regex.Pattern;
import org.touchstone.checkpoints.onnx.Dim;
import org.touchstone.checkpoints.onnx.ElementType;
import org.touchstone.checkpoints.onnx.Graph;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Ops.Window;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.read.StateDict;

/**
 * GenConViT's network B ("Deepfake Video Detection Using Generative Convolutional Vision
 * Transformer", Wodajo et al. 2023): a variational autoencoder redraws the face at half its size,
 * ConvNeXt looks at both pictures, two linear layers judge.
 *
 * <p>The published code draws noise even when it judges, and takes its deviation from {@code mu}:
 * {@code z = noise * exp(mu / 2) + mu}. Without noise {@code z} is {@code mu}, and the same face
 * always gets the same score.
 *
 * <p>Input {@code image}: bytes {@code [N, 224, 224, 3]}, a face; {@code noise}, if asked for:
 * float32 {@code [N, 12544]}. Output {@code logits}: float32 {@code [N, 2]}, fake first.
 *
 * @param noise whether noise is an input; otherwise it is zero
 */
public record GenConVitVae(boolean noise) implements Network {
  public static final GenConVitVae DETERMINISTIC = new GenConVitVae(false);

  private static final Pattern UNUSED =
      Pattern.compile(
          "^embedder\\.|\\.patch_embed\\.|^encoder\\.(fc1|fc2|var)\\.|^fc3\\.|\\.num_batches_tracked$");
  private static final int SIZE = 224;
  private static final int[] ENCODER = {3, 16, 32, 64, 128};
  private static final int[] DECODER = {256, 64, 32, 16, 3};
  private static final int ENCODED = 128 * 14 * 14;
  private static final int LATENT = 256 * 7 * 7;
  private static final float SLOPE = 0.01f;
  private static final int HIDDEN = 500;

  @Override
  public Graph graph(StateDict weights, ElementType type) {
    weights.ignore(UNUSED);
    Graph graph = new Graph("genconvit-vae");
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Dim side = Dim.of(SIZE);
    Value image =
        ops.cast(layers.pixels(Pixels.IMAGENET_MEAN, Pixels.IMAGENET_DEVIATION, side, side), type);

    Value x = image;
    for (int i = 0; i < ENCODER.length - 1; i++) {
      String conv = "encoder.features." + 3 * i;
      String norm = "encoder.features." + (3 * i + 1);
      x =
          layers.convBatchNorm(
              x, conv, true, norm, Window.square(3, 2, 1), 1, ENCODER[i + 1], ENCODER[i], 3, 3);
      x = ops.leakyRelu(x, SLOPE);
    }
    layers.stage("encoder.features", x);
    Value mu =
        layers.stage(
            "mu", layers.linear(ops.reshape(x, 0, ENCODED), "encoder.mu", ENCODED, LATENT));
    x = ops.reshape(latent(layers, mu, type), 0, DECODER[0], 7, 7);
    for (int i = 0; i < DECODER.length - 1; i++) {
      x = layers.doubling(x, "decoder.features." + 2 * i, DECODER[i], DECODER[i + 1]);
      x = ops.leakyRelu(x, SLOPE);
    }
    layers.stage("x_hat", x);

    Value ofImage = ConvNext.TINY.of(layers, image, "convnext_backbone", "backbone.image");
    Value ofRedrawn = ConvNext.TINY.of(layers, x, "convnext_backbone", "backbone.x_hat");
    x = ops.relu(ops.concat(1, List.of(ofImage, ofRedrawn)));
    x = layers.stage("fc", layers.linear(x, "fc", 2 * ConvNext.TINY.classes(), HIDDEN));
    x = layers.linear(ops.relu(x), "fc2", HIDDEN, 2);
    graph.output("logits", ops.cast(x, ElementType.FLOAT32), Dim.BATCH, Dim.of(2));
    return graph;
  }

  private Value latent(Layers layers, Value mu, ElementType type) {
    if (!noise) {
      return mu;
    }
    Ops ops = layers.ops();
    Value eps = ops.graph().input("noise", ElementType.FLOAT32, Dim.BATCH, Dim.of(LATENT));
    Value wide = ops.cast(mu, ElementType.FLOAT32);
    Value z = ops.add(ops.mul(eps, ops.exp(ops.mul(wide, 0.5))), wide);
    return layers.stage("z", ops.cast(z, type));
  }
}
