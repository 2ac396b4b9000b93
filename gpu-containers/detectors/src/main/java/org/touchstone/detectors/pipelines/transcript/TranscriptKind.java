package org.touchstone.detectors.pipelines.transcript;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.sound.recognition.Recogniser;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelStore;

/**
 * The spoken words of a recording. They are shown if a recogniser is installed; whether they are
 * made up, a judge may find out afterwards.
 */
public final class TranscriptKind implements DetectorKind {
  @Override
  public String name() {
    return "transcript";
  }

  @Override
  public Category category() {
    return Category.SEMANTIC;
  }

  @Override
  public Set<Modality> tracks() {
    return Set.of(Modality.AUDIO);
  }

  @Override
  public String howToInstall() {
    return "It needs a speech recogniser in the model store, such as whisper, and a language model"
        + " to be configured.";
  }

  /** What its recogniser needs. */
  @Override
  public Optional<Compute> compute(ModelStore store) {
    return Recogniser.installed(store).map(model -> model.manifest().role().compute());
  }

  @Override
  public Optional<Detector> using(ModelStore store, OnnxModels models) {
    return Recogniser.installed(store)
        .map(
            recogniser ->
                new TranscriptDetector(
                    name(),
                    category(),
                    tracks(),
                    recogniser,
                    VoiceActivity.of(store, models),
                    models));
  }
}
