package org.touchstone.detectors.onnx;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.touchstone.detectors.DetectionException;
import org.touchstone.detectors.Detector;
import org.touchstone.detectors.model.InstalledModel;
import org.touchstone.detectors.model.ModelException;
import org.touchstone.detectors.model.ModelManifest;
import org.touchstone.domain.Category;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;

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
