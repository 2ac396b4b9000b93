package org.touchstone.detectors.pipelines;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelManifest;

/**
 * A detector of the full ensemble, as its package describes it: every analysis shows it, so where
 * it is not installed there is one that abstains in its place.
 */
public interface DetectorKind {
  /** The detector's name, which is also its model's. */
  String name();

  /** What kind of evidence it looks for. */
  Category category();

  /** The tracks of a medium that it looks at. */
  Set<Modality> tracks();

  /** A sentence for whoever runs the system: how it is installed. */
  default String howToInstall() {
    return "Its weights come from its authors and are not part of Touchstone: they go into the"
        + " model store as "
        + name()
        + "/{version}.";
  }

  /** The detector itself, if it needs nothing installed. */
  default Optional<Detector> builtIn() {
    return Optional.empty();
  }

  /** How its installed models are run, if it needs one. */
  default Optional<ModelPipeline> pipeline() {
    return Optional.empty();
  }

  /**
   * Why an installed model cannot be used all the same: a sentence that names what it needs. Empty
   * for models that this detector knows nothing of.
   */
  default Optional<String> missing(ModelManifest model) {
    return Optional.empty();
  }
}
