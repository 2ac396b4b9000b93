package org.touchstone.detectors.pipelines.ufd;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.touchstone.detectors.context.HeatMap;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.decode.FrameTimeline;
import org.touchstone.detectors.decode.VideoFrame;
import org.touchstone.detectors.inference.Activations;
import org.touchstone.detectors.inference.ModelInput;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.Rows;
import org.touchstone.detectors.pipelines.ModelDetector;
import org.touchstone.detectors.pipelines.ModelPipeline;
import org.touchstone.detectors.pipelines.Peaks;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Evidence.Peak;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.domain.ReportTimings;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.Pipeline;

/**
 * A frozen CLIP with a small head, on a still picture or on frames of a video, with or without
 * faces. The score is the head's answer to the class token; for a video it is the mean over the
 * frames. For a still picture it also gives the head's answer to each patch's token.
 */
public final class UniversalFakeDetector extends ModelDetector {
  /** Runs CLIP's vision transformer with a head. */
  public static final ModelPipeline PIPELINE =
      new ModelPipeline(Pipeline.CLIP_VIT, UniversalFakeDetector::new);

  /** Frames that are prepared at a time; this bounds the memory. */
  private static final int AT_A_TIME = 64;

  private final ModelInput input;

  public UniversalFakeDetector(InstalledModel model, OnnxModels models) {
    super(model, models);
    this.input = new ModelInput(visual());
  }

  @Override
  public DetectorReport detect(MediaContext media) {
    checkSize(media);
    boolean still = media.item().modality() == Modality.IMAGE;
    List<VideoFrame> frames = media.frames();
    List<Answer> answers = answers(frames, still);
    List<Double> scores = answers.stream().map(Answer::score).toList();
    double score = scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    List<TimelineSegment> timeline =
        still
            ? List.of()
            : FrameTimeline.of(
                frames.stream().map(VideoFrame::seconds).toList(),
                scores,
                media.item().durationSeconds());
    List<Finding> findings = List.of();
    if (still && role().heatmap().isPresent()) {
      PatchMap map = new PatchMap(role().heatmap().get(), answers.getFirst().patches());
      media.add(new HeatMap(name(), map.png()));
      findings = List.of(map.finding());
    }
    List<Peak> peaks = Peaks.of(timeline);
    Peaks.addFrames(media, name(), peaks);
    DetectorReport report =
        DetectorReport.scored(
            name(),
            modelVersion(),
            category(),
            score,
            Evidence.of(findings).withTimeline(timeline).withPeaks(peaks),
            ReportTimings.ZERO);
    return withReliability(report, quality(media), Combination.MEAN, scores.size());
  }

  /**
   * The model's answer for a frame.
   *
   * @param patches the head's probability for each patch, row by row; null when not asked for
   */
  private record Answer(double score, double[] patches) {}

  private List<Answer> answers(List<VideoFrame> frames, boolean withPatches) {
    Set<String> outputs = new LinkedHashSet<>(List.of(role().output().name()));
    if (withPatches) {
      role().heatmap().ifPresent(map -> outputs.add(map.output()));
    }
    List<Answer> answers = new ArrayList<>();
    for (int from = 0; from < frames.size(); from += AT_A_TIME) {
      List<RgbImage> images =
          frames.subList(from, Math.min(frames.size(), from + AT_A_TIME)).stream()
              .map(frame -> input.fit(frame.image()))
              .toList();
      answers.addAll(run(Rows.of(manifest(), input.pack(images), images.size()), outputs));
    }
    return answers;
  }

  private List<Answer> run(Rows rows, Set<String> outputs) {
    Map<String, float[][]> values = ask(loaded -> loaded.run(rows, outputs));
    List<Answer> answers = new ArrayList<>(rows.count());
    for (int i = 0; i < rows.count(); i++) {
      double score =
          Activations.probability(values.get(role().output().name())[i], role().output());
      double[] patches =
          outputs.size() == 1
              ? null
              : patches(values.get(role().heatmap().orElseThrow().output())[i]);
      answers.add(new Answer(score, patches));
    }
    return answers;
  }

  private double[] patches(float[] values) {
    double[] patches = new double[values.length];
    for (int i = 0; i < patches.length; i++) {
      patches[i] = Activations.probability(values[i], role().output().activation());
    }
    return patches;
  }
}
