package org.touchstone.models;

import java.util.List;
import java.util.Set;
import org.touchstone.domain.Compute;
import org.touchstone.models.PipelineOptions.Aggregation;
import org.touchstone.models.PipelineOptions.People;

/**
 * How a detector's inputs are made from a medium, and how its outputs become a score. Each constant
 * says what manifests may set for it.
 */
public enum Pipeline {
  /** Each picture, face or short clip of sampled frames on its own. */
  FRAMES(
      Compute.CPU,
      2,
      Resampling.AREA,
      Set.of("aggregation", "frames"),
      Aggregation.MEAN,
      Aggregation.MEDIAN,
      Aggregation.MAXIMUM),
  /**
   * Faces of sampled frames, judged by one or both of GenConViT's networks. Each network gives a
   * row per face.
   */
  GENCONVIT(
      Compute.GPU,
      3,
      Resampling.AREA,
      Set.of("aggregation", "people"),
      Aggregation.SOFTMAX_MEAN,
      Aggregation.REFERENCE),
  /** Clips of consecutive frames of one face, aligned by its landmarks, as FTCN needs them. */
  ALIGNED_CLIPS(
      Compute.GPU,
      2,
      Resampling.AREA,
      Set.of("aggregation", "people", "stride"),
      Aggregation.MEAN,
      Aggregation.LOGIT_MEAN),
  /** Pictures scaled as in CLIP's own preprocessing, judged by its vision transformer. */
  CLIP_VIT(Compute.GPU, 2, Resampling.BICUBIC, Set.of(), Aggregation.MEAN),
  /** Faces of sampled frames, aligned by five points, each on its own, as GenD needs them. */
  FACE_CLASSIFIER(
      Compute.CPU,
      2,
      Resampling.AREA,
      Set.of("aggregation", "people", "frames"),
      Aggregation.MEAN,
      Aggregation.MEDIAN,
      Aggregation.MAXIMUM),
  /** Windows of sound, each on its own; nothing is scaled. */
  SOUND(
      Compute.CPU,
      2,
      Resampling.AREA,
      Set.of("aggregation"),
      Aggregation.MEAN,
      Aggregation.TRIMMED_MEAN,
      Aggregation.MEDIAN,
      Aggregation.MAXIMUM);

  private final Compute compute;
  private final int outputDimensions;
  private final Resampling resampling;
  private final Set<String> options;
  private final List<Aggregation> aggregations;

  Pipeline(
      Compute compute,
      int outputDimensions,
      Resampling resampling,
      Set<String> options,
      Aggregation... aggregations) {
    this.compute = compute;
    this.outputDimensions = outputDimensions;
    this.resampling = resampling;
    this.options = options;
    this.aggregations = List.of(aggregations);
  }

  /**
   * What its models need if their manifests do not say: those of the original's detectors, which
   * look at many frames with large networks, need a GPU.
   */
  public Compute compute() {
    return compute;
  }

  /** Most dimensions of the output, the batch included. */
  public int outputDimensions() {
    return outputDimensions;
  }

  /** How pictures are scaled if the manifest does not say. */
  Resampling resampling() {
    return resampling;
  }

  /** Names of the options that a manifest may set. */
  Set<String> options() {
    return options;
  }

  /** The aggregations that a manifest may choose; the first is the default. */
  List<Aggregation> aggregations() {
    return aggregations;
  }

  /** How the scores of several people become one if the manifest does not say. */
  People people() {
    return this == FACE_CLASSIFIER ? People.MEAN : People.MAXIMUM;
  }
}
