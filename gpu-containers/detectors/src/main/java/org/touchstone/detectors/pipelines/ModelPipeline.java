package org.touchstone.detectors.pipelines;

import java.util.Objects;
import java.util.function.BiFunction;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.Pipeline;

/**
 * Runs the installed models whose manifests name a pipeline.
 *
 * @param pipeline the pipeline, as named in manifests
 * @param maker makes a detector from an installed model
 */
public record ModelPipeline(
    Pipeline pipeline, BiFunction<InstalledModel, OnnxModels, Detector> maker) {
  public ModelPipeline {
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(maker, "maker");
  }

  /** A detector that runs an installed model. */
  public Detector detector(InstalledModel model, OnnxModels models) {
    return maker.apply(model, models);
  }
}
