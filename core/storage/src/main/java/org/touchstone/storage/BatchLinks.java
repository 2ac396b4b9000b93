package org.touchstone.storage;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchItem;

/**
 * Removes from batches what was asked for in lines whose analyses are deleted. The line itself
 * stays, and how far it is. Removing what is not there does nothing, so each removal may be
 * repeated. Thread-safe.
 */
public final class BatchLinks {
  private final ObjectStore objects;
  private final ObjectRemoval removal;

  /** Deletions of one batch's analyses come together; they would be in each other's way. */
  private final ReentrantLock oneAtATime = new ReentrantLock();

  public BatchLinks(ObjectStore objects, ObjectRemoval removal) {
    this.objects = Objects.requireNonNull(objects, "objects");
    this.removal = Objects.requireNonNull(removal, "removal");
  }

  /**
   * Removes a line's link from its batch, and the files of results, which are made anew when
   * somebody asks for them.
   *
   * @throws IllegalStateException when others change the batch all the time
   */
  void remove(String accountId, BatchLine line) {
    oneAtATime.lock();
    try {
      objects.update(
          BatchStore.batchKey(accountId, line.batchId()),
          BatchStore.StoredBatch.class,
          stored ->
              new BatchStore.StoredBatch(without(stored.batch(), line.line()), stored.request()));
    } finally {
      oneAtATime.unlock();
    }
    String results = BatchStore.resultsKey(accountId, line.batchId());
    removal.removeAll(Keys.batch(accountId, line.batchId()), key -> !key.startsWith(results));
  }

  private static Batch without(Batch batch, int line) {
    List<BatchItem> items =
        batch.items().stream()
            .map(item -> item.line() == line ? item.withoutLink() : item)
            .toList();
    return new Batch(
        batch.id(),
        batch.accountId(),
        batch.keyId(),
        batch.createdAt(),
        batch.options(),
        items,
        batch.wrong());
  }
}
