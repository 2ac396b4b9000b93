package org.touchstone.detectors.inference;

import java.util.Map;
import java.util.Set;
import org.touchstone.models.ModelManifest;

/**
 * What goes through a model together: pictures, clips or stretches of sound, one a row.
 *
 * @param count how many
 * @param inputs by the name of each input, the extra ones that callers bring included, the values
 *     of all rows, one row after another
 */
public record Rows(int count, Map<String, Values> inputs) {
  public Rows {
    inputs = Map.copyOf(inputs);
    if (count < 0) {
      throw new IllegalArgumentException("there are not fewer than no rows");
    }
  }

  /** Rows of a model that has one input and wants nothing else of its caller. */
  public static Rows of(ModelManifest manifest, Values values, int count) {
    return new Rows(count, Map.of(manifest.input().name(), values));
  }

  /**
   * @throws IllegalArgumentException when these are not rows of the tensors that a caller brings
   */
  void check(Map<String, Batched> tensors) {
    Set<String> names = tensors.keySet();
    if (!inputs.keySet().equals(names)) {
      throw new IllegalArgumentException(
          "the model takes %s, not %s".formatted(names, inputs.keySet()));
    }
    inputs.forEach(
        (name, values) -> {
          Batched tensor = tensors.get(name);
          if (values.type() != tensor.type()
              || values.count() != Math.multiplyExact(tensor.elements(), count)) {
            throw new IllegalArgumentException(
                "%s: %d values of %s are not %d rows of %d of %s"
                    .formatted(
                        name,
                        values.count(),
                        values.type(),
                        count,
                        tensor.elements(),
                        tensor.type()));
          }
        });
  }
}
