package org.touchstone.models;

import java.util.List;
import java.util.Objects;

/**
 * What a model remembers of a stream from one call to the next. The caller carries it: what comes
 * out of one call goes into the next one of the same stream. It begins with zeros.
 *
 * @param input name of the tensor that takes it
 * @param output name of the tensor that gives it anew
 * @param type of its values
 * @param shape its dimensions, exactly one of which is {@link #BATCH}
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

  /** Values of one stream that lie together: those of the dimensions behind the batch. */
  public int run() {
    return shape.subList(shape.indexOf(BATCH) + 1, shape.size()).stream()
        .reduce(1, Math::multiplyExact);
  }
}
