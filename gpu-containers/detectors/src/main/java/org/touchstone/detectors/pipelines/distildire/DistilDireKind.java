package org.touchstone.detectors.pipelines.distildire;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.frames.OnnxFrameDetector;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelStore;

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

  /** Its diffusion model is far larger than what else looks at frames. */
  @Override
  public Optional<Compute> compute(ModelStore store) {
    return Optional.of(Compute.GPU);
  }

  @Override
  public Optional<ModelPipeline> pipeline() {
    return Optional.of(OnnxFrameDetector.PIPELINE);
  }
}
