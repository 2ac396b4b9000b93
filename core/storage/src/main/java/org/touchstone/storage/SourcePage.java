package org.touchstone.storage;

import java.util.List;
import org.touchstone.domain.people.VerifiedSource;

/**
 * Some verified sources, ordered by id.
 *
 * @param items the sources
 * @param nextCursor where the next page starts; absent on the last page
 */
public record SourcePage(List<VerifiedSource> items, String nextCursor) {
  public SourcePage {
    items = List.copyOf(items);
  }
}
