package org.touchstone.models;

import java.util.Objects;
import java.util.Optional;

/**
 * How a whole picture, upright, becomes a row of the input.
 *
 * @param fit how a picture of another shape is made to fit, without {@code resize}
 * @param resampling how it is scaled, without {@code resize}
 * @param resize how it is scaled instead
 * @param crop after {@code resize}, how the margins before the middle are rounded; absent when the
 *     resized picture already has the input's size
 * @param values what bytes become
 */
public record Preparation(
    Fit fit,
    Resampling resampling,
    Optional<Resize> resize,
    Optional<Rounding> crop,
    PixelValues values) {
  public Preparation {
    Objects.requireNonNull(fit, "fit");
    Objects.requireNonNull(resampling, "resampling");
    Objects.requireNonNull(resize, "resize");
    Objects.requireNonNull(crop, "crop");
    Objects.requireNonNull(values, "values");
    if (crop.isPresent() && resize.isEmpty()) {
      throw new IllegalArgumentException("a crop follows a resize");
    }
  }

  /** Scaled and cut by a fit; bytes stay as they are. */
  public static Preparation of(Fit fit, Resampling resampling) {
    return new Preparation(fit, resampling, Optional.empty(), Optional.empty(), PixelValues.BYTES);
  }
}
