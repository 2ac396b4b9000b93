package org.touchstone.domain.batch;

import java.util.Objects;
import org.touchstone.domain.JobOptions;

/**
 * A line of a batch.
 *
 * @param line its number in what was sent, from 1
 * @param url the link; empty when the line's analysis was deleted
 * @param options how it is analysed; absent for the batch's
 */
public record BatchItem(int line, String url, JobOptions options) {
  public BatchItem {
    Objects.requireNonNull(url, "url");
  }

  /** Whether the line's analysis was deleted, and its link with it. */
  public boolean isDeleted() {
    return url.isEmpty();
  }

  /** What is left of the line when its analysis is deleted. */
  public BatchItem withoutLink() {
    return new BatchItem(line, "", null);
  }
}
