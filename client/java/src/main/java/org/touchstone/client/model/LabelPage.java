package org.touchstone.client.model;

import java.util.List;

/**
 * Some labels, ordered by the hash of their media.
 *
 * @param items the labels
 * @param nextCursor where the next page starts; absent on the last page
 */
public record LabelPage(List<Label> items, String nextCursor) {
  public LabelPage {
    items = items == null ? List.of() : List.copyOf(items);
  }
}
