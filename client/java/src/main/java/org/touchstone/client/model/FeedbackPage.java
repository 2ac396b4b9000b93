package org.touchstone.client.model;

import java.util.List;

/**
 * Some opinions on verdicts.
 *
 * @param items those of the latest analyses first
 * @param nextCursor what to ask for next; absent on the last page
 */
public record FeedbackPage(List<Feedback> items, String nextCursor) {
  public FeedbackPage {
    items = items == null ? List.of() : List.copyOf(items);
  }
}
