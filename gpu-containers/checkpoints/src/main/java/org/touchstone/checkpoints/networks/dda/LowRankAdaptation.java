package org.touchstone.checkpoints.networks.dda;

import java.util.Arrays;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.layers.LinearWeights;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * Linear layers with a low-rank adaptation ("LoRA: Low-Rank Adaptation of Large Language Models",
 * Hu et al. 2021) merged into their matrices: {@code W + alpha / rank * B * A}. A file shows the
 * rank but not alpha, so both are those of the published detector.
 */
record LowRankAdaptation(Layers layers) implements LinearWeights {
  static final int RANK = 8;
  private static final double ALPHA = 1;

  @Override
  public Weight matrix(String key, int out, int in) {
    Weight original = layers.take(key + ".original_layer.weight", out, in);
    Weight a = layers.take(key + ".lora.lora_A", RANK, in);
    Weight b = layers.take(key + ".lora.lora_B", out, RANK);
    return Weight.computed(
        new long[] {out, in}, () -> merged(original.floats(), a.floats(), b.floats(), out, in));
  }

  @Override
  public Weight bias(String key, int out) {
    return layers.take(key + ".original_layer.bias", out);
  }

  private static float[] merged(float[] w, float[] a, float[] b, int out, int in) {
    double[] row = new double[in];
    for (int o = 0; o < out; o++) {
      Arrays.fill(row, 0);
      for (int r = 0; r < RANK; r++) {
        double factor = b[o * RANK + r];
        for (int i = 0; i < in; i++) {
          row[i] += factor * a[r * in + i];
        }
      }
      for (int i = 0; i < in; i++) {
        w[o * in + i] = (float) (w[o * in + i] + ALPHA / RANK * row[i]);
      }
    }
    return w;
  }
}
