package org.touchstone.checkpoints.networks.whisper;

import java.nio.file.Path;
import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** Whisper, from OpenAI's files or Hugging Face's, with its vocabulary beside it. */
public final class WhisperNetwork implements PublishedNetwork {
  @Override
  public String name() {
    return "whisper";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return Whisper.of(weights);
  }

  @Override
  public boolean isCompanion(Path file) {
    return PublishedVocabulary.isOne(file);
  }
}
