package org.touchstone.checkpoints.pickle;

import java.util.Collections;
import java.util.List;

/** A Python tuple. It may hold null. */
public record Tuple(List<Object> items) {
  public Tuple {
    items = Collections.unmodifiableList(items);
  }
}
