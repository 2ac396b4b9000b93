package org.touchstone.detectors.pipelines;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.inference.OnnxModel;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;

/** A detector that asks one installed model, whose manifest says what the detector is. */
public abstract class ModelDetector implements Detector {
  private final InstalledModel model;
  private final OnnxModels models;

  protected ModelDetector(InstalledModel model, OnnxModels models) {
    this.model = Objects.requireNonNull(model, "model");
    this.models = Objects.requireNonNull(models, "models");
  }

  @Override
  public final String name() {
    return manifest().name();
  }

  @Override
  public final String modelVersion() {
    return manifest().version();
  }

  @Override
  public final Category category() {
    return manifest().category();
  }

  @Override
  public final Set<Modality> tracks() {
    return manifest().tracks();
  }

  protected final ModelManifest manifest() {
    return model.manifest();
  }

  /**
   * Asks the model.
   *
   * @throws DetectionException with {@link Reason#ERROR} when it cannot be used or fails, {@link
   *     Reason#TIMEOUT} when it was stopped
   */
  protected final <T> T ask(Function<OnnxModel, T> question) {
    try {
      return models.use(model, question);
    } catch (ModelException e) {
      throw new DetectionException(Reason.ERROR, "Its model cannot be used: " + e.getMessage(), e);
    }
  }
}
