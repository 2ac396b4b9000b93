package org.touchstone.detectors.inference;

import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.Reason;
import org.touchstone.models.Activation;
import org.touchstone.models.Output;

/** Turns a model's outputs into the probability that something is manipulated or synthetic. */
public final class Activations {
  private Activations() {}

  /**
   * The score, calibrated if the manifest says how.
   *
   * @param values one per class
   * @throws DetectionException with {@link Reason#ERROR} when a value is not a finite number
   */
  public static double probability(float[] values, Output output) {
    boolean classes = output.activation() == Activation.SOFTMAX;
    int index = output.fakeIndex();
    if (output.calibration().isPresent()) {
      Output.Calibration fit = output.calibration().get();
      double logOdds = classes ? logOdds(values, index) : finite(values[index]);
      return checked(sigmoid(fit.slope() * logOdds + fit.intercept()));
    }
    return classes
        ? checked(softmax(values, index))
        : probability(values[index], output.activation());
  }

  /**
   * @param activation of a single value, so not {@link Activation#SOFTMAX}
   * @throws DetectionException with {@link Reason#ERROR} when the value is not a finite number
   */
  public static double probability(float value, Activation activation) {
    return checked(
        switch (activation) {
          case NONE -> finite(value);
          case SIGMOID -> sigmoid(finite(value));
          case SOFTMAX -> throw new IllegalArgumentException("softmax of a single value");
        });
  }

  private static double checked(double probability) {
    if (Double.isNaN(probability)) {
      throw notANumber();
    }
    return Math.clamp(probability, 0, 1);
  }

  /** An infinite answer would look like certainty. */
  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw notANumber();
    }
    return value;
  }

  private static DetectionException notANumber() {
    return new DetectionException(Reason.ERROR, "Its model did not give a number.");
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }

  private static double softmax(float[] values, int index) {
    double sum = 0;
    for (float value : values) {
      // Differences keep the exponentials finite.
      sum += Math.exp(finite(value) - finite(values[index]));
    }
    return 1 / sum;
  }

  /** The log-odds of a class: of two, the difference of their values. */
  private static double logOdds(float[] values, int index) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      finite(values[i]);
      highest = i == index ? highest : Math.max(highest, values[i]);
    }
    double others = 0;
    for (int i = 0; i < values.length; i++) {
      others += i == index ? 0 : Math.exp(values[i] - highest);
    }
    return values[index] - highest - Math.log(others);
  }
}
