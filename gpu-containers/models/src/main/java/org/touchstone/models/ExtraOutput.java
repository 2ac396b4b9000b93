package org.touchstone.models;

import java.util.List;
import java.util.Objects;

/**
 * An output tensor besides those that the model's role names.
 *
 * @param name the output's name in the graph
 * @param type of its values
 * @param shape its dimensions without the first, which is the batch; {@link Input#ANY_SIZE} where
 *     not fixed
 */
public record ExtraOutput(String name, ElementType type, List<Integer> shape) {
  public ExtraOutput {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    shape = List.copyOf(shape);
  }
}
