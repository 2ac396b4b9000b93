package org.touchstone.storage;

import java.util.List;
import org.touchstone.domain.people.Label;

/**
 * Some labels, ordered by the hash of their media.
 *
 * @param items the labels
 * @param nextCursor where the next page starts; absent on the last page
 */
public record LabelPage(List<Label> items, String nextCursor) {
  public LabelPage {
    items = List.copyOf(items);
  }
}
