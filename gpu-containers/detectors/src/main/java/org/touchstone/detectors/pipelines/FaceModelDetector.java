package org.touchstone.detectors.pipelines;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.ModelInput;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.Values;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ReportTimings;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.PipelineOptions;

/** A detector that distinguishes people and whose model looks at faces or at clips of faces. */
public abstract class FaceModelDetector extends ModelDetector {
  /** Mean of a face's bytes below which the face is too dark to judge. */
  private static final int DARK = 16;

  protected FaceModelDetector(InstalledModel model, OnnxModels models) {
    super(model, models);
  }

  /**
   * The model's answers for some inputs.
   *
   * @param inputs inputs of the manifest's size: unsigned bytes, RGB
   * @return for each input the values of the manifest's output
   * @throws DetectionException with {@link Reason#ERROR} when the model cannot be used or fails,
   *     {@link Reason#TIMEOUT} when it was stopped
   */
  protected final float[][] run(List<byte[]> inputs) {
    Values rows = new ModelInput(visual()).values(inputs);
    return ask(loaded -> loaded.run(rows, inputs.size()));
  }

  /** Whether a picture of these bytes is too dark to judge. */
  protected static boolean isDark(byte[] pixels) {
    long sum = 0;
    for (byte pixel : pixels) {
      sum += pixel & 0xff;
    }
    return sum < (long) DARK * pixels.length;
  }

  /**
   * The report on the model's answers.
   *
   * @param samples at least one sample
   * @param aggregation turns the values of several samples into a score, 0..1
   * @param minSamples samples that a person needs to count separately
   */
  protected final DetectorReport report(
      MediaContext media,
      List<FaceSample> samples,
      ToDoubleFunction<List<float[]>> aggregation,
      int minSamples) {
    return report(media, samples, aggregation, minSamples, Map.of());
  }

  /**
   * The same for a detector that still holds pictures of its frames.
   *
   * @param held by their times
   */
  protected final DetectorReport report(
      MediaContext media,
      List<FaceSample> samples,
      ToDoubleFunction<List<float[]>> aggregation,
      int minSamples,
      Map<Double, RgbImage> held) {
    PipelineOptions options = role().options();
    PeopleScores scores = new PeopleScores(aggregation, options.people(), minSamples);
    boolean still = media.item().modality() == Modality.IMAGE;
    Evidence evidence =
        new FaceEvidence(scores, samples)
            .evidence(media.faceDetectorName(), media.item().durationSeconds(), still);
    Peaks.addFrames(media, name(), evidence.faces().peaks(), held);
    PeopleScores.Overall overall = scores.overall(samples);
    DetectorReport report =
        DetectorReport.scored(
            name(), modelVersion(), category(), overall.score(), evidence, ReportTimings.ZERO);
    return FaceReliability.of(manifest(), overall, media::quality)
        .map(report::withReliability)
        .orElse(report);
  }
}
