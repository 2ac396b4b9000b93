package org.touchstone.detectors.inference;

import java.util.Objects;

/**
 * A tensor as it goes into a model or comes out of it.
 *
 * @param shape its dimensions, the batch included
 */
public record NamedTensor(Values values, long... shape) {
  public NamedTensor {
    Objects.requireNonNull(values, "values");
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    if (count != values.count()) {
      throw new IllegalArgumentException(values.count() + " values are not of that shape");
    }
  }
}
