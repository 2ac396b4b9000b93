package org.touchstone.detectors.pipelines;

import java.util.Arrays;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.PipelineOptions.Aggregation;

/** Makes one score of the probabilities of several frames, clips or windows. */
public final class Aggregations {
  /** Share of the probabilities that a trimmed mean leaves out at each end. */
  private static final double TRIMMED = 0.1;

  private Aggregations() {}

  /**
   * @param aggregation one that combines probabilities
   * @param probabilities at least one
   */
  public static double score(Aggregation aggregation, double... probabilities) {
    double[] sorted = probabilities.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    return switch (aggregation) {
      case MEAN -> Arrays.stream(probabilities).average().orElseThrow();
      case TRIMMED_MEAN -> {
        int left = (int) (count * TRIMMED);
        yield Arrays.stream(sorted, left, count - left).average().orElseThrow();
      }
      case MEDIAN -> (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
      case MAXIMUM -> sorted[count - 1];
      case LOGIT_MEAN, SOFTMAX_MEAN, REFERENCE ->
          throw new IllegalArgumentException(aggregation + " does not combine probabilities");
    };
  }

  /** What a report calls it: a trimmed mean is a mean. */
  public static Combination combination(Aggregation aggregation) {
    return switch (aggregation) {
      case MEDIAN -> Combination.MEDIAN;
      case MAXIMUM -> Combination.MAXIMUM;
      case MEAN, TRIMMED_MEAN, LOGIT_MEAN, SOFTMAX_MEAN, REFERENCE -> Combination.MEAN;
    };
  }
}
