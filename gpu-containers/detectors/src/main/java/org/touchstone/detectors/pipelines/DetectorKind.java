package org.touchstone.detectors.pipelines;

import java.util.Optional;
import java.util.Set;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.domain.Category;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Modality;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelStore;

/**
 * A detector of the full ensemble, as its package describes it. Every analysis shows it: if it is
 * not installed, a detector that abstains takes its place.
 */
public interface DetectorKind {
  /** The detector's name, which is also its model's. */
  String name();

  /** The kind of evidence it looks for. */
  Category category();

  /** The tracks of a medium that it looks at. */
  Set<Modality> tracks();

  /** How to install it: a sentence for whoever runs the system. */
  default String howToInstall() {
    return "Its weights come from its authors: ./touchstone models list --available shows whether"
        + " they can be installed. Without a name, ./touchstone models install gives the"
        + " recommended detectors (1.6 GB; weights under MIT and Apache-2.0).";
  }

  /** The detector itself, if it needs no installed model. */
  default Optional<Detector> builtIn() {
    return Optional.empty();
  }

  /**
   * The detector itself, if it needs installed models of other roles than a detector's, and these
   * are installed.
   */
  default Optional<Detector> using(ModelStore store, OnnxModels models) {
    return Optional.empty();
  }

  /** The pipeline that runs its installed models, if it needs a model. */
  default Optional<ModelPipeline> pipeline() {
    return Optional.empty();
  }

  /**
   * What it needs to run on, where that does not follow from its model's manifest.
   *
   * @param store the installed models
   */
  default Optional<Compute> compute(ModelStore store) {
    return Optional.empty();
  }

  /**
   * The reason why an installed model cannot be used: a sentence that names what it needs. Empty
   * for usable and for unrelated models.
   */
  default Optional<String> missing(ModelManifest model) {
    return Optional.empty();
  }
}
