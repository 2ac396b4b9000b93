package org.touchstone.detectors.inference;

/** A model that is in memory. */
sealed interface LoadedModel extends AutoCloseable permits OnnxModel, SpeechModel {
  /** Frees its memory. */
  @Override
  void close();
}
