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
 * GenConViT's network A ("Deepfake Video Detection Using Generative Convolutional Vision
 * Transformer", Wodajo et al. 2023): an autoencoder redraws the face, ConvNeXt looks at both
 * pictures, two linear layers judge. The published code also builds a Swin transformer, and never
 * runs it: its tensors are left out.
 *
 * <p>Input {@code image}: bytes {@code [N, size, size, 3]}, a face. Output {@code logits}: float32
 * {@code [N, 2]}, fake first.
 *
 * @param size pixels of a side, a multiple of 32
 * @param backbone the ConvNeXt
 * @param hidden width of the first linear layer
 */
public record GenConVitEd(int size, ConvNext backbone, int hidden) implements Network {
  public static final GenConVitEd PUBLISHED = new GenConVitEd(224, ConvNext.TINY, 500);

  static final Pattern UNUSED = Pattern.compile("^embedder\\.|\\.patch_embed\\.");

  private static final int[] ENCODER = {3, 16, 32, 64, 128, 256};
  private static final int[] DECODER = {256, 128, 64, 32, 16, 3};

  @Override
  public Graph graph(StateDict weights, ElementType type) {
    weights.ignore(UNUSED);
    Graph graph = new Graph("genconvit-ed");
    Layers layers = new Layers(graph, weights);
    Ops ops = layers.ops();
    Dim side = Dim.of(size);
    Value image =
        ops.cast(layers.pixels(Pixels.IMAGENET_MEAN, Pixels.IMAGENET_DEVIATION, side, side), type);

    Value x = image;
    for (int i = 0; i < ENCODER.length - 1; i++) {
      x =
          layers.conv(
              x, "encoder.features." + 3 * i, ENCODER[i], ENCODER[i + 1], Window.square(3, 1, 1));
      x = ops.maxPool(ops.relu(x), Window.square(2, 2, 0));
    }
    layers.stage("encoder", x);
    for (int i = 0; i < DECODER.length - 1; i++) {
      x = ops.relu(layers.doubling(x, "decoder.features." + 2 * i, DECODER[i], DECODER[i + 1]));
    }
    layers.stage("decoder", x);

    // Both pictures go through the backbone as one batch.
    Value features = backbone.of(layers, ops.concat(0, List.of(x, image)), "backbone", "backbone");
    x = ops.gelu(ops.concat(1, ops.halves(features, 0)));
    x = layers.stage("fc", layers.linear(x, "fc", 2 * backbone.classes(), hidden));
    x = layers.linear(ops.gelu(x), "fc2", hidden, 2);
    graph.output("logits", ops.cast(x, ElementType.FLOAT32), Dim.BATCH, Dim.of(2));
    return graph;
  }
}
