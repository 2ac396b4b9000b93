package org.touchstone.checkpoints.networks.distildire;

import java.util.Arrays;
import java.util.function.Supplier;
import org.touchstone.checkpoints.layers.Layers;
import org.touchstone.checkpoints.tensor.Weight;

/**
 * The diffusion model's embedding of time 0: sines of 0 and cosines of 0 through two linear layers.
 * It does not depend on the image, so it is computed once, when the model is written.
 */
final class TimeEmbedding {
  private final Layers layers;
  private final int width;
  private final Supplier<double[]> embedding;

  /**
   * @param base channels of the first level; the embedding has four times as many features
   */
  TimeEmbedding(Layers layers, int base) {
    this.layers = layers;
    this.width = 4 * base;
    Weight w0 = layers.take("time_embed.0.weight", width, base);
    Weight b0 = layers.take("time_embed.0.bias", width);
    Weight w2 = layers.take("time_embed.2.weight", width, width);
    Weight b2 = layers.take("time_embed.2.bias", width);
    this.embedding =
        new Supplier<>() {
          private double[] known;

          @Override
          public double[] get() {
            if (known == null) {
              double[] sinusoids = new double[base];
              Arrays.fill(sinusoids, 0, base / 2, 1); // cosines first
              double[] hidden = silu(linear(w0, b0, sinusoids));
              known = silu(linear(w2, b2, hidden));
            }
            return known;
          }
        };
  }

  /** Applies a block's own linear layer to the embedding: first the scales, then the shifts. */
  Supplier<float[]> project(String key, int out) {
    Weight w = layers.take(key + ".weight", out, width);
    Weight b = layers.take(key + ".bias", out);
    return () -> {
      double[] values = linear(w, b, embedding.get());
      float[] floats = new float[out];
      for (int i = 0; i < out; i++) {
        floats[i] = (float) values[i];
      }
      return floats;
    };
  }

  /** A normalisation's scale, multiplied by the scale from the time embedding. */
  static Weight scaled(Weight scale, Supplier<float[]> scaleAndShift) {
    return Weight.computed(
        scale.shape(),
        () -> {
          float[] values = scale.floats();
          float[] time = scaleAndShift.get();
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * (1.0 + time[i]));
          }
          return values;
        });
  }

  /** A normalisation's shift, scaled and shifted by the time embedding. */
  static Weight shifted(Weight shift, Supplier<float[]> scaleAndShift) {
    return Weight.computed(
        shift.shape(),
        () -> {
          float[] values = shift.floats();
          float[] time = scaleAndShift.get();
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * (1.0 + time[i]) + time[values.length + i]);
          }
          return values;
        });
  }

  private static double[] linear(Weight matrix, Weight bias, double[] x) {
    float[] w = matrix.floats();
    float[] b = bias.floats();
    double[] y = new double[b.length];
    for (int r = 0; r < y.length; r++) {
      y[r] = b[r];
      for (int c = 0; c < x.length; c++) {
        y[r] += (double) w[r * x.length + c] * x[c];
      }
    }
    return y;
  }

  private static double[] silu(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[i] / (1 + Math.exp(-x[i]));
    }
    return y;
  }
}
