package org.touchstone.checkpoints.networks.wav2vec2;

import org.touchstone.checkpoints.networks.NetworkVariant;
import org.touchstone.checkpoints.networks.PublishedNetwork;
import org.touchstone.checkpoints.read.StateDict;

/** Classifiers of speech on wav2vec 2.0, XLSR and XLS-R. */
public final class Wav2Vec2Network implements PublishedNetwork {
  @Override
  public String name() {
    return "wav2vec2";
  }

  @Override
  public NetworkVariant variant(StateDict weights) {
    return SpeechClassifier.of(weights);
  }
}
