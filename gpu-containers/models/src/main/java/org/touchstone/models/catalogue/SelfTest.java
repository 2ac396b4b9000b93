package org.touchstone.models.catalogue;

import java.util.List;
import java.util.Objects;

/**
 * Scores that a model's publisher measured on pictures made by a formula, so that anybody can tell
 * whether an installed model still does what it did there.
 *
 * @param pictures the pictures and the scores they must have
 * @param tolerance largest difference of a score on a CPU
 * @param deviceTolerance largest difference of a score on another device
 * @param source who measured the scores
 */
public record SelfTest(
    List<Picture> pictures, double tolerance, double deviceTolerance, String source) {
  public SelfTest {
    pictures = List.copyOf(pictures);
    Objects.requireNonNull(source, "source");
    if (pictures.isEmpty() || !(tolerance > 0) || !(deviceTolerance >= tolerance)) {
      throw new IllegalArgumentException("a self-test needs pictures and tolerances");
    }
  }

  /**
   * A picture made by the formula, with the raw value that the model gives for it.
   *
   * @param width pixels
   * @param height pixels
   * @param seed of the formula, at least 0
   * @param raw the model's output before calibration and activation
   */
  public record Picture(int width, int height, int seed, double raw) {
    public Picture {
      if (width < 1 || height < 1 || seed < 0 || !Double.isFinite(raw)) {
        throw new IllegalArgumentException("a picture of a self-test is out of bounds");
      }
    }
  }
}
