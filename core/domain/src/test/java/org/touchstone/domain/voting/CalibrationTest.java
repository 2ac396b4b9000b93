package org.touchstone.domain.voting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.voting.Calibration.Isotonic;
import org.touchstone.domain.voting.Calibration.Isotonic.Point;
import org.touchstone.domain.voting.Calibration.Platt;

class CalibrationTest {
  private static final double FLOOR = 0.001;

  @ParameterizedTest
  @CsvSource({"0.0, 0.1", "0.2, 0.1", "0.3, 0.2", "0.4, 0.3", "0.6, 0.3", "0.8, 0.9", "1.0, 0.9"})
  void interpolatesBetweenPointsAndIsFlatOutside(double score, double expected) {
    Isotonic isotonic =
        new Isotonic(
            List.of(new Point(.2, .1), new Point(.4, .3), new Point(.6, .3), new Point(.8, .9)));
    assertThat(isotonic.probability(score, FLOOR)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void leavesScoresAloneWithUnitParameters() {
    assertThat(new Platt(1, 0).probability(.3, FLOOR)).isCloseTo(.3, within(1e-12));
  }

  @Test
  void shiftsOddsByTheOffset() {
    assertThat(new Platt(1, Math.log(3)).probability(.5, FLOOR)).isCloseTo(.75, within(1e-12));
  }

  @Test
  void takesCertainScoresAsTheFloor() {
    assertThat(new Platt(1, 0).probability(1, FLOOR)).isCloseTo(.999, within(1e-12));
    assertThat(new Platt(1, 0).probability(0, FLOOR)).isCloseTo(.001, within(1e-12));
  }
}
