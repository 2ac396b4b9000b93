package org.touchstone.models;

import java.util.Objects;

/**
 * The options of a pipeline that a manifest may set.
 *
 * @param aggregation how the outputs for one person become a score, or those for the frames of a
 *     video or the windows of a sound
 * @param people how the scores of several people become one
 * @param stride frames from the start of one clip to the start of the next; {@link #BUDGET} spreads
 *     a bounded number of clips over the frames
 * @param frames most frames of a video that are looked at; {@link #SAMPLED} looks at all that are
 *     sampled
 */
public record PipelineOptions(Aggregation aggregation, People people, int stride, int frames) {
  /** A stride that depends on how many frames there are. */
  public static final int BUDGET = 0;

  /** As many frames as are sampled for all detectors. */
  public static final int SAMPLED = 0;

  public PipelineOptions {
    Objects.requireNonNull(aggregation, "aggregation");
    Objects.requireNonNull(people, "people");
    if (stride < BUDGET || frames < SAMPLED) {
      throw new IllegalArgumentException("strides and counts are positive");
    }
  }

  /** The defaults of a pipeline. */
  public static PipelineOptions of(Pipeline pipeline) {
    return new PipelineOptions(
        pipeline.aggregations().getFirst(), pipeline.people(), BUDGET, SAMPLED);
  }

  /** How several outputs become one score. */
  public enum Aggregation {
    /** The mean of the probabilities. */
    MEAN,
    /** The mean without the lowest and the highest tenth of the probabilities. */
    TRIMMED_MEAN,
    /** The middle one of the probabilities; of an even number, the mean of both in the middle. */
    MEDIAN,
    /** The highest probability. */
    MAXIMUM,
    /** The probability of the mean logit, as in StyleFlow's published code. */
    LOGIT_MEAN,
    /** GenConViT: the mean of the networks' softmax. */
    SOFTMAX_MEAN,
    /** GenConViT: as in its published code, with the jump at equal classes. */
    REFERENCE
  }

  /** How the scores of several people become one. */
  public enum People {
    /** The highest: one false face among true ones makes a video false. */
    MAXIMUM,
    /** All outputs count alike, whoever they belong to, as in the published code. */
    MEAN,
    /** The middle one of the people's scores; of an even number, the mean of both in the middle. */
    MEDIAN
  }
}
