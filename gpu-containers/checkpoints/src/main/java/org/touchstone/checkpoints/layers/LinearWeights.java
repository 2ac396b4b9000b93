package org.touchstone.checkpoints.layers;

import org.touchstone.checkpoints.tensor.Weight;

/** Finds the weights of linear layers, which checkpoints keep in several forms. */
public interface LinearWeights {
  /** The matrix of the layer with the given name, {@code [out, in]}. */
  Weight matrix(String key, int out, int in);

  /** The bias of the layer with the given name, {@code [out]}. */
  Weight bias(String key, int out);

  /** Weights that are stored as the layer uses them: {@code weight} and {@code bias}. */
  static LinearWeights plain(Layers layers) {
    return new LinearWeights() {
      @Override
      public Weight matrix(String key, int out, int in) {
        return layers.take(key + ".weight", out, in);
      }

      @Override
      public Weight bias(String key, int out) {
        return layers.take(key + ".bias", out);
      }
    };
  }
}
