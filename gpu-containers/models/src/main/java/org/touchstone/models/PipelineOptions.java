package org.touchstone.models;

import java.util.Objects;

/**
 * What an organisation may choose of a pipeline, or of a face detector.
 *
 * @param aggregation how the outputs for one person become a score
 * @param people how the scores of several people become one
 * @param stride frames from the start of one clip to the start of the next; {@link #BUDGET} spreads
 *     a bounded number of clips over the frames
 * @param searchSize face detectors: pixels of the longer side at which pictures are searched at
 *     most; {@link #FULL_SIZE} searches them as they are
 */
public record PipelineOptions(Aggregation aggregation, People people, int stride, int searchSize) {
  /** A stride that depends on how many frames there are. */
  public static final int BUDGET = 0;

  /** A search size that no picture has. */
  public static final int FULL_SIZE = Integer.MAX_VALUE;

  /** Pixels at which the faces that can be judged are large enough to be found. */
  static final int SEARCH_SIZE = 960;

  public PipelineOptions {
    Objects.requireNonNull(aggregation, "aggregation");
    Objects.requireNonNull(people, "people");
    if (stride < BUDGET || searchSize < 1) {
      throw new IllegalArgumentException("strides and sizes are positive");
    }
  }

  /** Options of a detector. */
  public PipelineOptions(Aggregation aggregation, People people, int stride) {
    this(aggregation, people, stride, SEARCH_SIZE);
  }

  /** What holds for a pipeline where its manifest says nothing. */
  public static PipelineOptions of(Pipeline pipeline) {
    return new PipelineOptions(pipeline.aggregations().getFirst(), People.MAXIMUM, BUDGET);
  }

  /** How several outputs become one score. */
  public enum Aggregation {
    /** The mean of the probabilities. */
    MEAN,
    /** The probability of the mean logit, as StyleFlow was run. */
    LOGIT_MEAN,
    /** GenConViT: the mean of the networks' softmax. */
    SOFTMAX_MEAN,
    /** GenConViT: as its published code does it, with the jump at equal classes. */
    REFERENCE
  }

  /** How the scores of several people become one. */
  public enum People {
    /** The highest: one false face among true ones makes a video false. */
    MAXIMUM,
    /** All outputs count alike, whosever they are, as in the published code. */
    MEAN
  }
}
