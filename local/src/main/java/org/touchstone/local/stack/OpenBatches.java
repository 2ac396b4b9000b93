package org.touchstone.local.stack;

import java.time.Duration;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.batch.BatchSummary;
import org.touchstone.domain.batch.BatchTask;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.BatchQueue;
import org.touchstone.storage.BatchStore;

/**
 * Batches that an earlier process on the same folder left open. Their messages ended with its
 * queues.
 */
final class OpenBatches {
  private static final int PAGE = 100;

  private final AccountStore accounts;
  private final BatchStore batches;
  private final BatchQueue queue;

  OpenBatches(AccountStore accounts, BatchStore batches, BatchQueue queue) {
    this.accounts = accounts;
    this.batches = batches;
    this.queue = queue;
  }

  /** Has them looked at. */
  void resume() {
    for (Account account : accounts.all()) {
      String cursor = null;
      do {
        BatchStore.Page page = batches.list(account.id(), cursor, PAGE);
        page.items().stream()
            .filter(batch -> batch.endedAt() == null)
            .forEach(batch -> resume(account, batch));
        cursor = page.nextCursor();
      } while (cursor != null);
    }
  }

  private void resume(Account account, BatchSummary batch) {
    batches
        .progress(account.id(), batch.id())
        .ifPresent(
            progress ->
                queue.send(
                    new BatchTask(account.id(), batch.id(), progress.value().tick()),
                    Duration.ZERO));
  }
}
