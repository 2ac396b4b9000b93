package org.touchstone.checkpoints.networks;

import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.read.StateDict;

/**
 * A network as a checkpoint holds it: with the checkpoint's widths and depths, and the parts that
 * it contains.
 */
public interface NetworkVariant {

  /**
   * Lays the network out. Tensors are taken but not read. Missing and misshapen tensors are noted
   * in the dictionary.
   *
   * @param type the type of weights and activations, float16 or float32; inputs and outputs are the
   *     same for both
   */
  OnnxGraph graph(StateDict weights, OnnxType type);

  /** Describes the graph's inputs and outputs, and how it is used, in the manifest. */
  void describe(ManifestDraft manifest);
}
