package org.touchstone.storage;

import java.util.List;

/**
 * Some of the keys under a prefix, in lexicographic order.
 *
 * @param keys the keys; empty only when none follow
 * @param more whether further keys follow the last of these
 */
public record ListPage(List<String> keys, boolean more) {
  public ListPage {
    keys = List.copyOf(keys);
  }
}
