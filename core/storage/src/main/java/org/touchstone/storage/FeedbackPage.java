package org.touchstone.storage;

import java.util.List;
import org.touchstone.domain.feedback.Feedback;

/**
 * Some opinions on verdicts.
 *
 * @param items those of the latest analyses first
 * @param nextCursor what to ask for next; absent on the last page
 */
public record FeedbackPage(List<Feedback> items, String nextCursor) {
  public FeedbackPage {
    items = List.copyOf(items);
  }
}
