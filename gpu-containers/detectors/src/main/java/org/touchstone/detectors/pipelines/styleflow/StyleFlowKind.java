package org.touchstone.detectors.pipelines.styleflow;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.pipelines.DetectorKind;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.alignedclips.AlignedClipDetector;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.ModelManifest;

/** StyleFlow: FTCN's clips, and in its paper how the code of a face changes over time. */
public final class StyleFlowKind implements DetectorKind {
  @Override
  public String name() {
    return "styleflow";
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

  /** Without the style, as it was published, it needs only its clips. */
  @Override
  public Optional<String> missing(ModelManifest model) {
    return model.extraInputs().stream().anyMatch(input -> input.fill() == Fill.STYLE_LATENTS)
        ? Optional.of(
            "Its model also needs the face's code in StyleGAN's latent space for each frame, and"
                + " Touchstone has no encoder for it.")
        : Optional.empty();
  }
}
