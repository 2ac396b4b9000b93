package org.touchstone.detectors.pipelines.genconvit;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;

/** GenConViT: faces of sampled frames, redrawn and compared. */
public final class GenConVitKind implements DetectorKind {
  @Override
  public String name() {
    return "genconvit";
  }

  @Override
  public Category category() {
    return Category.FACES;
  }

  @Override
  public Set<Modality> tracks() {
    return Set.of(Modality.VIDEO);
  }

  @Override
  public Optional<ModelPipeline> pipeline() {
    return Optional.of(GenConVitDetector.PIPELINE);
  }
}
