package org.touchstone.models.catalogue;

import java.util.Objects;
import java.util.Optional;

/**
 * What may be done with a published model. A permissive licence of the weights says nothing of the
 * data behind them, so each is told on its own.
 *
 * @param code licence of the code that made the model; empty when the catalogue does not say
 * @param weights licence of the weights, as their publisher states it
 * @param data what the weights were trained on and its terms; empty when the catalogue does not say
 * @param conflict what contradicts the stated licence; empty when nothing is known to
 */
public record Licences(
    Optional<String> code, String weights, Optional<String> data, Optional<String> conflict) {
  public Licences {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(conflict, "conflict");
  }

  /** Only the licence of the weights is known. */
  public static Licences ofWeights(String weights) {
    return new Licences(Optional.empty(), weights, Optional.empty(), Optional.empty());
  }
}
