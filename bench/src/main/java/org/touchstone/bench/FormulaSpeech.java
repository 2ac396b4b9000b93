package org.touchstone.bench;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.testing.formula.FormulaTensor;

/**
 * The tensors of a classifier of speech on XLS-R with 300 million weights, by formula: the size of
 * the published classifiers of voices.
 */
final class FormulaSpeech {
  private static final String START = "wav2vec2.";
  private static final int CHANNELS = 512;
  private static final int WIDTH = 1024;
  private static final int FEED_FORWARD = 4096;
  private static final int LAYERS = 24;
  private static final int POSITION_GROUPS = 16;
  private static final int POSITION_KERNEL = 128;
  private static final int PROJECTED = 256;
  private static final int[] KERNELS = {10, 3, 3, 3, 3, 2, 2};

  private FormulaSpeech() {}

  static List<FormulaTensor> tensors() {
    List<FormulaTensor> tensors = new ArrayList<>();
    tensors.add(FormulaTensor.of(START + "masked_spec_embed", WIDTH));
    for (int i = 0; i < KERNELS.length; i++) {
      String layer = START + "feature_extractor.conv_layers." + i;
      tensors.add(
          FormulaTensor.of(layer + ".conv.weight", CHANNELS, i == 0 ? 1 : CHANNELS, KERNELS[i]));
      tensors.add(FormulaTensor.of(layer + ".conv.bias", CHANNELS));
      addNorm(tensors, layer + ".layer_norm", CHANNELS);
    }
    addNorm(tensors, START + "feature_projection.layer_norm", CHANNELS);
    addLinear(tensors, START + "feature_projection.projection", WIDTH, CHANNELS);
    String positions = START + "encoder.pos_conv_embed.conv.";
    tensors.add(FormulaTensor.of(positions + "bias", WIDTH));
    tensors.add(FormulaTensor.of(positions + "weight_g", 1, 1, POSITION_KERNEL));
    tensors.add(
        FormulaTensor.of(positions + "weight_v", WIDTH, WIDTH / POSITION_GROUPS, POSITION_KERNEL));
    addNorm(tensors, START + "encoder.layer_norm", WIDTH);
    for (int i = 0; i < LAYERS; i++) {
      String layer = START + "encoder.layers." + i;
      for (String part : List.of("k_proj", "v_proj", "q_proj", "out_proj")) {
        addLinear(tensors, layer + ".attention." + part, WIDTH, WIDTH);
      }
      addNorm(tensors, layer + ".layer_norm", WIDTH);
      addLinear(tensors, layer + ".feed_forward.intermediate_dense", FEED_FORWARD, WIDTH);
      addLinear(tensors, layer + ".feed_forward.output_dense", WIDTH, FEED_FORWARD);
      addNorm(tensors, layer + ".final_layer_norm", WIDTH);
    }
    addLinear(tensors, "projector", PROJECTED, WIDTH);
    addLinear(tensors, "classifier", 2, PROJECTED);
    return tensors;
  }

  private static void addLinear(List<FormulaTensor> tensors, String name, int out, int in) {
    tensors.add(FormulaTensor.of(name + ".weight", out, in));
    tensors.add(FormulaTensor.of(name + ".bias", out));
  }

  private static void addNorm(List<FormulaTensor> tensors, String name, int width) {
    tensors.add(FormulaTensor.of(name + ".weight", width));
    tensors.add(FormulaTensor.of(name + ".bias", width));
  }
}
