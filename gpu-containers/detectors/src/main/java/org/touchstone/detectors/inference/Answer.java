package org.touchstone.detectors.inference;

import java.util.Map;
import java.util.Objects;

/**
 * A model's answer for one row.
 *
 * @param outputs the row's values by output name, in row-major order
 * @param state for the next call of the same stream
 */
public record Answer(Map<String, Values> outputs, StreamState state) {
  public Answer {
    outputs = Map.copyOf(outputs);
    Objects.requireNonNull(state, "state");
  }
}
