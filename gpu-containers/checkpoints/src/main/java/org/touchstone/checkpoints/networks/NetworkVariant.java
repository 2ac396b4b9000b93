package org.touchstone.checkpoints.networks;

import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.read.StateDict;

/** A network as a checkpoint has it: with its widths and depths, and the parts that are there. */
public interface NetworkVariant {

  /**
   * Lays the network out. Tensors are taken but not read; what is missing or misshapen is noted in
   * the dictionary.
   *
   * @param type the type of weights and activations, float16 or float32; inputs and outputs are the
   *     same for both
   */
  OnnxGraph graph(StateDict weights, OnnxType type);

  /** Says in the manifest what the graph takes and gives, and how it is used. */
  void describe(ManifestDraft manifest);
}
