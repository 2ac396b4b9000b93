package org.touchstone.detectors.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.models.ElementType;
import org.touchstone.models.ExtraInput;
import org.touchstone.models.ExtraInput.Fill;
import org.touchstone.models.Input;
import org.touchstone.models.ModelManifest;

/**
 * A tensor whose first dimension is the batch.
 *
 * @param shape the other dimensions
 */
record Batched(ElementType type, List<Integer> shape) {
  /** Values of a row. */
  int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** The shape of a batch. */
  long[] shape(int rows) {
    List<Integer> all = new ArrayList<>(shape);
    all.addFirst(rows);
    return all.stream().mapToLong(Integer::longValue).toArray();
  }

  /** The tensors that callers of a model must give, by name. */
  static Map<String, Batched> byCallers(ModelManifest manifest) {
    Map<String, Batched> tensors = new LinkedHashMap<>();
    for (Input input : manifest.inputs()) {
      tensors.put(input.name(), new Batched(input.type(), input.shape()));
    }
    for (ExtraInput extra : manifest.extraInputs()) {
      if (extra.fill() == Fill.CALLER) {
        tensors.put(extra.name(), new Batched(extra.type(), extra.shape()));
      }
    }
    return tensors;
  }
}
