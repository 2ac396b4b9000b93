package org.touchstone.detectors.pipelines;

import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.OnnxModel;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Reliability;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.Input;
import org.touchstone.models.InputQuality;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.Reliabilities;

/** A detector that runs one installed model; the model's manifest describes the detector. */
public abstract class ModelDetector implements Detector {
  private final InstalledModel model;
  private final ModelRole.Detector role;
  private final OnnxModels models;

  /**
   * @throws IllegalArgumentException when the model's role is not that of a detector
   */
  protected ModelDetector(InstalledModel model, OnnxModels models) {
    this.model = Objects.requireNonNull(model, "model");
    this.role =
        model
            .manifest()
            .detector()
            .orElseThrow(() -> new IllegalArgumentException("the model gives no scores"));
    this.models = Objects.requireNonNull(models, "models");
  }

  @Override
  public final String name() {
    return manifest().name();
  }

  @Override
  public String modelVersion() {
    return manifest().version();
  }

  @Override
  public final Category category() {
    return role.category();
  }

  @Override
  public final Set<Modality> tracks() {
    return role.tracks();
  }

  protected final ModelManifest manifest() {
    return model.manifest();
  }

  /** The detector's part of the manifest. */
  protected final ModelRole.Detector role() {
    return role;
  }

  /** The input of a detector that looks at pictures or clips. */
  protected final Input.Visual visual() {
    return manifest()
        .visual()
        .orElseThrow(() -> new IllegalStateException("the model does not accept pictures"));
  }

  /**
   * Runs work with the model.
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

  /**
   * Rejects pictures that are smaller than the model's authors allow.
   *
   * @throws DetectionException with {@link Reason#TOO_SMALL}, or as {@link MediaContext#frames()}
   */
  protected final void checkSize(MediaContext media) {
    int least = role.minShortEdge();
    if (least > 0 && media.shortEdge() < least) {
      throw new DetectionException(
          Reason.TOO_SMALL, "Its shorter side has fewer than %d pixels.".formatted(least));
    }
  }

  /**
   * The quality of the medium, which is measured only where the manifest asks for it.
   *
   * @throws DetectionException as {@link MediaContext#frames()}
   */
  protected final InputQuality quality(MediaContext media) {
    return role.reliability().isPresent() || role.region().doubtfulBelow() > 0
        ? media.quality()
        : InputQuality.UNKNOWN;
  }

  /**
   * The report with a sentence that says why its score can mean "uncertain" at most.
   *
   * @param sentence says why
   * @param combination how the looks became the score
   * @param looks frames, faces or windows behind the score
   */
  protected static DetectorReport withDoubt(
      DetectorReport report, String sentence, Combination combination, int looks) {
    Reliability known =
        report.reliability() != null
            ? report.reliability()
            : new Reliability(null, null, null, null, combination, looks, null);
    return report.withReliability(known.withDoubt(sentence));
  }

  /**
   * The report with what the model's manifest says of such a score.
   *
   * @param input the quality of what was looked at
   * @param combination how the looks became the score
   * @param looks frames, faces or windows behind the score
   */
  protected final DetectorReport withReliability(
      DetectorReport report, InputQuality input, Combination combination, int looks) {
    return Reliabilities.of(manifest(), input, combination, looks)
        .map(report::withReliability)
        .orElse(report);
  }
}
