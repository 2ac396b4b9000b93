package org.touchstone.checkpoints.networks.genconvit;

import java.util.List;
import org.touchstone.checkpoints.layers.ConvNext;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.onnx.Ops;
import org.touchstone.checkpoints.onnx.Value;
import org.touchstone.checkpoints.onnx.Window;
import org.touchstone.checkpoints.read.StateDict;

/**
 * GenConViT's network A: an autoencoder redraws the face, ConvNeXt looks at both pictures, two
 * linear layers score.
 *
 * @param backbone the ConvNeXt
 * @param hidden width of the first linear layer
 */
record GenConVitEd(ConvNext backbone, int hidden) {
  static final GenConVitEd PUBLISHED = new GenConVitEd(ConvNext.TINY, 500);

  private static final int[] ENCODER = {3, 16, 32, 64, 128, 256};
  private static final int[] DECODER = {256, 128, 64, 32, 16, 3};

  /** A network as wide and deep as the tensors. */
  static GenConVitEd of(StateDict weights, String prefix) {
    return new GenConVitEd(
        ConvNext.of(weights, prefix + "backbone"),
        weights.size(prefix + "fc.bias", 0, PUBLISHED.hidden));
  }

  /**
   * @param image {@code [N, 3, size, size]}
   * @return {@code [N, 2]}, fake first
   */
  Value logits(Layers layers, Value image) {
    Ops ops = layers.ops();
    Value x = image;
    for (int i = 0; i < ENCODER.length - 1; i++) {
      String key = "encoder.features." + 3 * i;
      x = layers.conv(x, key, ENCODER[i], ENCODER[i + 1], Window.square(3, 1, 1));
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
    return layers.linear(ops.gelu(x), "fc2", hidden, 2);
  }
}
