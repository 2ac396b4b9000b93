package org.touchstone.domain.batch;

import java.util.Objects;

/**
 * The message that has a batch looked at: lines that can be started are started, and those whose
 * analyses have ended are recorded. While a batch is open, each look makes the next one due, so
 * that nothing waits for an event that was lost. They are numbered, so that a message which comes
 * twice does not give two such chains.
 *
 * @param accountId the batch's account
 * @param batchId the batch
 * @param tick the look's number; the chain goes on unless a later one was made
 */
public record BatchTask(String accountId, String batchId, int tick) {
  public BatchTask {
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(batchId, "batchId");
  }
}
