package org.touchstone.client.model;

import java.util.List;

/**
 * Some of an account's batches, newest first.
 *
 * @param nextCursor where the next page starts; absent on the last page
 */
public record BatchPage(List<BatchSummary> items, String nextCursor) {
  public BatchPage {
    items = items == null ? List.of() : List.copyOf(items);
  }
}
