package org.touchstone.detectors.inference;

import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.models.Activation;
import org.touchstone.models.Output;

/** Turns a model's outputs into the probability that something is manipulated or synthetic. */
public final class Activations {
  private Activations() {}

  /**
   * @param values one per class
   * @throws DetectionException with {@link Reason#ERROR} when the result is not a number
   */
  public static double probability(float[] values, Output output) {
    float value = values[output.fakeIndex()];
    return output.activation() == Activation.SOFTMAX
        ? checked(softmax(values, output.fakeIndex()))
        : probability(value, output.activation());
  }

  /**
   * @param activation of a single value, so not {@link Activation#SOFTMAX}
   * @throws DetectionException with {@link Reason#ERROR} when the result is not a number
   */
  public static double probability(float value, Activation activation) {
    return checked(
        switch (activation) {
          case NONE -> value;
          case SIGMOID -> 1 / (1 + Math.exp(-(double) value));
          case SOFTMAX -> throw new IllegalArgumentException("softmax of a single value");
        });
  }

  private static double checked(double probability) {
    if (Double.isNaN(probability)) {
      throw new DetectionException(Reason.ERROR, "Its model did not give a number.");
    }
    return Math.clamp(probability, 0, 1);
  }

  private static double softmax(float[] values, int index) {
    double sum = 0;
    for (float value : values) {
      // Differences keep the exponentials finite.
      sum += Math.exp((double) value - values[index]);
    }
    return 1 / sum;
  }
}
