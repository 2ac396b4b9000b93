package org.touchstone.checkpoints.networks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.read.StateDict;
import org.touchstone.checkpoints.tensor.CheckpointException;

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

  /**
   * The graphs besides that of the model file, by the names of their files. They may share tensors
   * with it.
   *
   * @param type as above
   */
  default Map<String, OnnxGraph> further(StateDict weights, OnnxType type) {
    return Map.of();
  }

  /**
   * The model's files that do not hold tensors, made from those that came with the checkpoint.
   *
   * @param given the files for which {@link PublishedNetwork#isCompanion} holds
   * @return contents by file name
   * @throws CheckpointException when a file is missing or cannot be used
   * @throws IOException when a file cannot be read
   */
  default Map<String, byte[]> companions(List<Path> given) throws IOException {
    return Map.of();
  }

  /** Describes the graph's inputs and outputs, and how it is used, in the manifest. */
  void describe(ManifestDraft manifest);
}
