package org.touchstone.domain.batch;

import java.util.Objects;
import org.touchstone.domain.JobOptions;

/**
 * A line of a batch.
 *
 * @param line its number in what was sent, from 1
 * @param url the link
 * @param options how it is analysed; absent for the batch's
 */
public record BatchItem(int line, String url, JobOptions options) {
  public BatchItem {
    Objects.requireNonNull(url, "url");
  }
}
