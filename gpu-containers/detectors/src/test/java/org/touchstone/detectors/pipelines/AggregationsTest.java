package org.touchstone.detectors.pipelines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.Reliability.Combination;
import org.touchstone.models.PipelineOptions.Aggregation;

class AggregationsTest {
  @ParameterizedTest
  @CsvSource({"MEAN,0.4", "TRIMMED_MEAN,0.4", "MEDIAN,0.3", "MAXIMUM,0.8"})
  void makeOneScoreOfFew(Aggregation aggregation, double score) {
    assertThat(Aggregations.score(aggregation, 0.8, 0.1, 0.3)).isCloseTo(score, within(1e-12));
    assertThat(Aggregations.score(aggregation, 0.7)).isEqualTo(0.7);
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
    assertThat(Aggregations.score(Aggregation.MEDIAN, 0.9, 0.1, 0.2, 0.4))
        .isCloseTo(0.3, within(1e-12));
  }

  @Test
  void aTrimmedMeanLeavesOutATenthAtEachEnd() {
    double[] values =
        DoubleStream.concat(DoubleStream.of(1, 0), DoubleStream.generate(() -> 0.4).limit(8))
            .toArray();

    assertThat(Aggregations.score(Aggregation.TRIMMED_MEAN, values)).isCloseTo(0.4, within(1e-12));
    assertThat(Aggregations.score(Aggregation.MEAN, values)).isCloseTo(0.42, within(1e-12));
  }

  @Test
  void logitsAreNotProbabilities() {
    assertThatThrownBy(() -> Aggregations.score(Aggregation.LOGIT_MEAN, 0.5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Aggregations.combination(Aggregation.TRIMMED_MEAN)).isEqualTo(Combination.MEAN);
  }
}
