package org.touchstone.models;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The float32 tensor of a detector's answer: per row either one value or one per class.
 *
 * @param fakeIndex index of the class that means manipulated or synthetic
 * @param calibration what its authors fitted; the score is the calibrated one
 * @param threshold the score from which its authors speak of a fake, 0..1
 */
public record Output(
    String name,
    Activation activation,
    int fakeIndex,
    Optional<Calibration> calibration,
    OptionalDouble threshold) {
  public Output {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(calibration, "calibration");
    Objects.requireNonNull(threshold, "threshold");
    if (calibration.isPresent() && activation == Activation.NONE) {
      throw new IllegalArgumentException("a calibration comes before an activation");
    }
  }

  /** An output without a calibration. */
  public static Output of(String name, Activation activation, int fakeIndex) {
    return new Output(name, activation, fakeIndex, Optional.empty(), OptionalDouble.empty());
  }

  /**
   * Platt's scaling: the log-odds of a fake become {@code slope * x + intercept}. With sigmoid, x
   * is the value itself; with softmax, it is the log-odds of the class that means fake, which of
   * two classes is the difference of their values.
   *
   * @param slope not 0
   */
  public record Calibration(double slope, double intercept) {
    public Calibration {
      if (slope == 0 || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
        throw new IllegalArgumentException("a calibration that says nothing");
      }
    }
  }
}
