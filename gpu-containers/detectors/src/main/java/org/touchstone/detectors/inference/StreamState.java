package org.touchstone.detectors.inference;

import java.util.Map;
import java.util.stream.Collectors;
import org.touchstone.models.CarriedState;
import org.touchstone.models.ModelManifest;

/**
 * The state of one stream between two calls of a model.
 *
 * @param tensors the state's tensors, by input name
 */
public record StreamState(Map<String, Values> tensors) {
  /** The state of models without state. */
  public static final StreamState NONE = new StreamState(Map.of());

  public StreamState {
    tensors = Map.copyOf(tensors);
  }

  /** The state at the start of a stream. */
  static StreamState first(ModelManifest manifest) {
    return new StreamState(
        manifest.states().stream()
            .collect(
                Collectors.toMap(
                    CarriedState::input, state -> Values.zeros(state.type(), state.elements()))));
  }

  /**
   * @throws IllegalArgumentException when this is not that model's state
   */
  void check(ModelManifest manifest) {
    boolean fits = tensors.size() == manifest.states().size();
    for (CarriedState state : manifest.states()) {
      Values values = tensors.get(state.input());
      fits =
          fits
              && values != null
              && values.type() == state.type()
              && values.count() == state.elements();
    }
    if (!fits) {
      throw new IllegalArgumentException("that is not a state of this model");
    }
  }
}
