package org.touchstone.detectors.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.models.Activation;
import org.touchstone.models.Output;

class ActivationsTest {
  private static final Output.Calibration FIT = new Output.Calibration(0.5, -1);

  @Test
  void calibratesTheValueBeforeTheSigmoid() {
    assertThat(Activations.probability(new float[] {3}, output(Activation.SIGMOID, 0)))
        .isCloseTo(sigmoid(0.5), within(1e-12));
  }

  @Test
  void calibratesTheDifferenceOfTwoClasses() {
    Output output = output(Activation.SOFTMAX, 1);

    assertThat(Activations.probability(new float[] {-1, 3}, output))
        .isCloseTo(sigmoid(0.5 * 4 - 1), within(1e-12));
    assertThat(Activations.probability(new float[] {900, -900}, output)).isZero();
  }

  @Test
  void calibratesTheLogOddsOfSeveralClasses() {
    double logOdds = 2 - Math.log(Math.exp(1) + Math.exp(-3));

    assertThat(Activations.probability(new float[] {1, 2, -3}, output(Activation.SOFTMAX, 1)))
        .isCloseTo(sigmoid(0.5 * logOdds - 1), within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void infiniteAnswersAndThoseThatAreNotNumbersGiveNoScore(Activation activation) {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      assertNoNumber(new float[] {bad, 1}, Output.of("x", activation, 0));
      if (activation != Activation.NONE) {
        assertNoNumber(new float[] {bad, 1}, output(activation, 0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void anotherClassThatIsNotANumberGivesNoScore(float bad) {
    assertNoNumber(new float[] {1, bad}, Output.of("x", Activation.SOFTMAX, 0));
    assertNoNumber(new float[] {1, bad}, output(Activation.SOFTMAX, 0));
  }

  private static void assertNoNumber(float[] values, Output output) {
    assertThatThrownBy(() -> Activations.probability(values, output))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ERROR));
  }

  private static Output output(Activation activation, int index) {
    return new Output("x", activation, index, Optional.of(FIT), OptionalDouble.empty());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
