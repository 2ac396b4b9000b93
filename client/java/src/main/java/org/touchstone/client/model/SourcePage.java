package org.touchstone.client.model;

import java.util.List;

/**
 * Some verified sources, ordered by id.
 *
 * @param items the sources
 * @param nextCursor where the next page starts; absent on the last page
 */
public record SourcePage(List<VerifiedSource> items, String nextCursor) {
  public SourcePage {
    items = items == null ? List.of() : List.copyOf(items);
  }
}
