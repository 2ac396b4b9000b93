package org.touchstone.domain;

import java.util.Objects;

/**
 * The place of an analysis in a batch.
 *
 * @param batchId the batch
 * @param line number of the line that asked for it, from 1
 */
public record BatchLine(String batchId, int line) {
  public BatchLine {
    Objects.requireNonNull(batchId, "batchId");
  }
}
