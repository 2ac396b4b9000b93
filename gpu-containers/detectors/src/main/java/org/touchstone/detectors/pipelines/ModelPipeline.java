package org.touchstone.detectors.pipelines;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.Pipeline;

/**
 * Runs the installed models whose manifests name a pipeline.
 *
 * @param pipeline the pipeline, as named in manifests
 * @param maker makes a detector from an installed model
 * @param missing why a model of this pipeline cannot be used: a sentence that names what it needs
 */
public record ModelPipeline(
    Pipeline pipeline,
    BiFunction<InstalledModel, OnnxModels, Detector> maker,
    Function<ModelManifest, Optional<String>> missing) {
  public ModelPipeline {
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(maker, "maker");
    Objects.requireNonNull(missing, "missing");
  }

  /** A pipeline that runs all models that name it. */
  public ModelPipeline(Pipeline pipeline, BiFunction<InstalledModel, OnnxModels, Detector> maker) {
    this(pipeline, maker, model -> Optional.empty());
  }

  /** A detector that runs an installed model. */
  public Detector detector(InstalledModel model, OnnxModels models) {
    return maker.apply(model, models);
  }
}
