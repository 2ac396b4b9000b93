package org.touchstone.detectors.pipelines.distildire;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.frames.OnnxFrameDetector;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;

/** DistilDIRE: the noise that a diffusion model finds in a picture or a key frame. */
public final class DistilDireKind implements DetectorKind {
  @Override
  public String name() {
    return "distil-dire";
  }

  @Override
  public Category category() {
    return Category.NOISE;
  }

  @Override
  public Set<Modality> tracks() {
    return Set.of(Modality.IMAGE, Modality.VIDEO);
  }

  @Override
  public Optional<ModelPipeline> pipeline() {
    return Optional.of(OnnxFrameDetector.PIPELINE);
  }
}
