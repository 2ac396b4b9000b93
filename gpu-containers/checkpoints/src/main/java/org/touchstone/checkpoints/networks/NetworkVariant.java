package org.touchstone.checkpoints.networks;

import org.touchstone.checkpoints.onnx.ElementType;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.read.StateDict;

/** A network that can be laid out with the tensors of a checkpoint. */
@FunctionalInterface
public interface NetworkVariant {

  /**
   * Lays the network out. Tensors are taken but not read; what is missing or misshapen is noted in
   * the dictionary.
   *
   * @param type the type of weights and activations, float16 or float32; inputs and outputs are the
   *     same for both
   */
  OnnxGraph graph(StateDict weights, ElementType type);
}
