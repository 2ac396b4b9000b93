package org.touchstone.detectors.pipelines.ftcn;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.alignedclips.AlignedClipDetector;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;

/** FTCN: aligned clips of one face, judged only by their change over time. */
public final class FtcnKind implements DetectorKind {
  @Override
  public String name() {
    return "ftcn";
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
    return Optional.of(AlignedClipDetector.PIPELINE);
  }
}
