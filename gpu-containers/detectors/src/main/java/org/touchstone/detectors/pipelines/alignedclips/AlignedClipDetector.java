package org.touchstone.detectors.pipelines.alignedclips;

import java.util.ArrayList;
import java.util.List;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.inference.Activations;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.pipelines.FaceModelDetector;
import org.touchstone.detectors.pipelines.FaceSample;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.alignedclips.ClipPlan.Clip;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.Pipeline;
import org.touchstone.models.PipelineOptions;
import org.touchstone.models.PipelineOptions.Aggregation;

/**
 * Clips of consecutive frames of one face, aligned as FTCN needs them. By default a bounded number
 * of clips is spread over the tracks of all people. With stride 1 it is every clip of the people
 * whom FTCN's published code follows.
 */
public final class AlignedClipDetector extends FaceModelDetector {
  /** Runs FTCN's and StyleFlow's models, and others of their kind. */
  public static final ModelPipeline PIPELINE =
      new ModelPipeline(Pipeline.ALIGNED_CLIPS, AlignedClipDetector::new);

  /** Clips that are made before the model runs on them: more need memory and gain speed. */
  private static final int AT_A_TIME = 8;

  public AlignedClipDetector(InstalledModel model, OnnxModels models) {
    super(model, models);
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    if (media.item().modality() != Modality.VIDEO) {
      throw new DetectionException(Reason.NOT_APPLICABLE, "It looks at how faces move.");
    }
    if (!media.faceDetector().findsLandmarks()) {
      throw new DetectionException(
          Reason.NOT_INSTALLED,
          "It aligns faces by their eyes, nose and mouth, which retinaface and yunet find.");
    }
    checkSize(media);
    AlignedClips clips = AlignedClips.of(media.consecutiveFaces(), plan());
    List<FaceSample> samples = new Run().over(clips);
    if (samples.isEmpty()) {
      throw new DetectionException(Reason.TOO_DARK, "Its faces are too dark.");
    }
    return report(media, samples, this::score, 1);
  }

  private ClipPlan plan() {
    Input.Visual input = visual();
    int stride = role().options().stride();
    return stride == PipelineOptions.BUDGET
        ? ClipPlan.spread(input.frames(), input.width())
        : ClipPlan.exhaustive(input.frames(), input.width(), stride);
  }

  private double score(List<float[]> values) {
    if (role().options().aggregation() == Aggregation.LOGIT_MEAN) {
      float[] mean = new float[values.getFirst().length];
      for (float[] each : values) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += each[i] / values.size();
        }
      }
      return Activations.probability(mean, role().output());
    }
    return values.stream()
        .mapToDouble(each -> Activations.probability(each, role().output()))
        .average()
        .orElseThrow();
  }

  /** One run of the model over clips, as they are made. */
  private final class Run {
    private final List<FaceSample> samples = new ArrayList<>();
    private final List<Clip> pending = new ArrayList<>();

    List<FaceSample> over(AlignedClips clips) {
      clips.forEach(
          clip -> {
            if (!isDark(clip.data())) {
              pending.add(clip);
              if (pending.size() == AT_A_TIME) {
                judge();
              }
            }
          });
      judge();
      return samples;
    }

    private void judge() {
      if (pending.isEmpty()) {
        return;
      }
      float[][] values = run(pending.stream().map(Clip::data).toList());
      for (int i = 0; i < values.length; i++) {
        Clip clip = pending.get(i);
        samples.add(
            new FaceSample(clip.person(), clip.start(), clip.end(), clip.middle(), values[i]));
      }
      pending.clear();
    }
  }
}
