package org.touchstone.checkpoints.networks.styleflow;

import java.util.Map;
import java.util.stream.IntStream;
import org.touchstone.testing.formula.FormulaTensor;

/** StyleFlow's recurrent units and attention, written out in double precision. */
final class StyleReference {
  private static final double EPSILON = 1e-5;

  private final Map<String, FormulaTensor> weights;
  private final String prefix;

  StyleReference(Map<String, FormulaTensor> weights, String prefix) {
    this.weights = weights;
    this.prefix = prefix;
  }

  /** The last states: for each layer forwards, then backwards. */
  double[] style(float[] latents, int features, int hidden) {
    int steps = latents.length / features;
    double[][] x = new double[steps][features];
    for (int t = 0; t < steps; t++) {
      double deviation = Math.sqrt(at(prefix + "bn.running_var", t) + EPSILON);
      for (int i = 0; i < features; i++) {
        double centred = latents[t * features + i] - at(prefix + "bn.running_mean", t);
        x[t][i] = centred / deviation * at(prefix + "bn.weight", t) + at(prefix + "bn.bias", t);
      }
    }
    double[] last = new double[4 * hidden];
    for (int layer = 0; layer < 2; layer++) {
      double[][] next = new double[steps][2 * hidden];
      for (int direction = 0; direction < 2; direction++) {
        int from = direction * hidden;
        double[] state = new double[hidden];
        for (int i = 0; i < hidden; i++) {
          state[i] = at(prefix + "hidden_state", (2L * layer + direction) * hidden + i);
        }
        for (int s = 0; s < steps; s++) {
          int t = direction == 0 ? s : steps - 1 - s;
          state = step(x[t], state, "l" + layer + (direction == 0 ? "" : "_reverse"));
          System.arraycopy(state, 0, next[t], from, hidden);
        }
        System.arraycopy(state, 0, last, 2 * layer * hidden + from, hidden);
      }
      x = next;
    }
    return last;
  }

  private double[] step(double[] x, double[] state, String layer) {
    int hidden = state.length;
    double[] ofInput = linear("gru.weight_ih_" + layer, "gru.bias_ih_" + layer, x);
    double[] ofState = linear("gru.weight_hh_" + layer, "gru.bias_hh_" + layer, state);
    double[] next = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      double reset = sigmoid(ofInput[i] + ofState[i]);
      double update = sigmoid(ofInput[hidden + i] + ofState[hidden + i]);
      double candidate = Math.tanh(ofInput[2 * hidden + i] + reset * ofState[2 * hidden + i]);
      next[i] = (1 - update) * candidate + update * state[i];
    }
    return next;
  }

  private double[] linear(String weight, String bias, double[] x) {
    return product(prefix + weight, prefix + bias, x, 0, x.length);
  }

  /** The tokens plus the output of the attention. */
  double[] attended(double[] tokens, double[] style, int count, int width) {
    double[] out = tokens.clone();
    for (int q = 0; q < count; q++) {
      double[] query = sta("w_q", tokens, q, width);
      double[] scores = new double[count];
      double sum = 0;
      for (int k = 0; k < count; k++) {
        double[] key = sta("w_k", style, k, width);
        double dot = IntStream.range(0, width).mapToDouble(i -> query[i] * key[i]).sum();
        scores[k] = Math.exp(dot / Math.sqrt(width));
        sum += scores[k];
      }
      double[] mixed = new double[width];
      for (int k = 0; k < count; k++) {
        double[] value = sta("w_v", style, k, width);
        for (int i = 0; i < width; i++) {
          mixed[i] += scores[k] / sum * value[i];
        }
      }
      double[] answer = sta("lp", mixed, 0, width);
      for (int i = 0; i < width; i++) {
        out[q * width + i] += answer[i];
      }
    }
    return out;
  }

  private double[] sta(String layer, double[] rows, int row, int width) {
    String key = "resnet.head.STA." + layer;
    return product(key + ".weight", key + ".bias", rows, row * width, width);
  }

  private double[] product(String weight, String bias, double[] x, int from, int width) {
    FormulaTensor w = weights.get(weight);
    FormulaTensor b = weights.get(bias);
    double[] y = new double[(int) b.elements()];
    IntStream.range(0, y.length)
        .parallel()
        .forEach(
            r -> {
              y[r] = b.value(r);
              for (int c = 0; c < width; c++) {
                y[r] += w.value((long) r * width + c) * x[from + c];
              }
            });
    return y;
  }

  private double at(String name, long index) {
    return weights.get(name).value(index);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
