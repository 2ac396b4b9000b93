package org.touchstone.checkpoints.networks.whisper;

import org.touchstone.checkpoints.networks.ManifestDraft;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.onnx.OnnxGraph;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.read.StateDict;

/** The encoder alone, for a look at its stages; the decoder's tensors are taken but not used. */
record EncoderOnly(Whisper whisper) implements NetworkVariant {
  @Override
  public OnnxGraph graph(StateDict weights, OnnxType type) {
    whisper.further(weights, type);
    return whisper.graph(weights, type);
  }

  @Override
  public void describe(ManifestDraft manifest) {
    whisper.describe(manifest);
  }
}
