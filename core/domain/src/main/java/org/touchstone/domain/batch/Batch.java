package org.touchstone.domain.batch;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.JobOptions;

/**
 * A request for many analyses, as it was accepted. It never changes, but that the links of analyses
 * that are deleted are removed.
 *
 * @param id a batch's id has the form of an analysis'
 * @param accountId the account that owns it and pays for it
 * @param keyId the id of the key by which it was asked for
 * @param createdAt when it was accepted
 * @param options how its links are analysed, where a line says nothing else
 * @param items the lines to be analysed, in their order
 * @param wrong the lines that cannot be, in their order
 */
public record Batch(
    String id,
    String accountId,
    String keyId,
    Instant createdAt,
    JobOptions options,
    List<BatchItem> items,
    List<WrongLine> wrong) {
  /** Most lines of a batch. */
  public static final int MAX_LINES = 1000;

  public Batch {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(keyId, "keyId");
    Objects.requireNonNull(createdAt, "createdAt");
    options = options == null ? JobOptions.DEFAULT : options;
    items = List.copyOf(items);
    wrong = List.copyOf(wrong);
  }

  /** How a line of this batch is analysed. */
  public JobOptions optionsOf(BatchItem item) {
    return item.options() == null ? options : item.options();
  }
}
