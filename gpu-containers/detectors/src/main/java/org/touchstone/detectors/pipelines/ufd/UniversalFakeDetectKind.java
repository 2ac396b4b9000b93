package org.touchstone.detectors.pipelines.ufd;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;

/** UniversalFakeDetect: what CLIP sees in a picture or a key frame. */
public final class UniversalFakeDetectKind implements DetectorKind {
  @Override
  public String name() {
    return "ufd";
  }

  @Override
  public Category category() {
    return Category.GENERATIVE;
  }

  @Override
  public Set<Modality> tracks() {
    return Set.of(Modality.IMAGE, Modality.VIDEO);
  }

  @Override
  public Optional<ModelPipeline> pipeline() {
    return Optional.of(UniversalFakeDetector.PIPELINE);
  }
}
