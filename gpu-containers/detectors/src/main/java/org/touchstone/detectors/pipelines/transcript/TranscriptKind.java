package org.touchstone.detectors.pipelines.transcript;

import java.util.Set;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;

/** The spoken words of a recording. No detector of this version judges them. */
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
    return "It needs a speech-to-text model and a language model to be configured.";
  }
}
