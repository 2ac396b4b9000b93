package org.touchstone.models;

import java.util.List;
import java.util.Objects;

/**
 * A tensor that a model with memory needs again at the next call of the same stream. The caller
 * carries it: the output of one call is the input of the next one of the same stream. It begins
 * with zeros.
 *
 * @param input name of the input tensor
 * @param output name of the output tensor with the new state
 * @param type of its values
 * @param shape its dimensions; exactly one is {@link #BATCH}
 */
public record CarriedState(String input, String output, ElementType type, List<Integer> shape) {
  /** The dimension that counts streams. */
  public static final int BATCH = -1;

  public CarriedState {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(type, "type");
    shape = List.copyOf(shape);
    if (shape.stream().filter(size -> size == BATCH).count() != 1) {
      throw new IllegalArgumentException("a state has one dimension that is the batch");
    }
  }

  /** Values of one stream. */
  public int elements() {
    return shape.stream().filter(size -> size != BATCH).reduce(1, Math::multiplyExact);
  }

  /** Contiguous values of one stream: those of the dimensions after the batch. */
  public int run() {
    return shape.subList(shape.indexOf(BATCH) + 1, shape.size()).stream()
        .reduce(1, Math::multiplyExact);
  }
}
