package org.touchstone.detectors.inference;

import java.util.Map;
import java.util.Set;
import org.touchstone.models.ModelManifest;

/**
 * The inputs that go through a model together: pictures, clips or stretches of sound, one per row.
 *
 * @param count number of rows
 * @param inputs by input name, including the extra ones that callers give, the values of all rows,
 *     one row after another
 */
public record Rows(int count, Map<String, Values> inputs) {
  public Rows {
    inputs = Map.copyOf(inputs);
    if (count < 0) {
      throw new IllegalArgumentException("the number of rows must not be negative");
    }
  }

  /** Rows of a model that needs only one input from its caller. */
  public static Rows of(ModelManifest manifest, Values values, int count) {
    return new Rows(count, Map.of(manifest.input().name(), values));
  }

  /**
   * @throws IllegalArgumentException when these are not rows of the tensors that a caller must give
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
