package org.touchstone.storage;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The analyses that are deleted soon after their end, in the order in which they were accepted. An
 * analysis is listed before it is stored, so that none is kept by mistake.
 */
public final class RetentionList {
  private final ObjectStore objects;

  public RetentionList(ObjectStore objects) {
    this.objects = Objects.requireNonNull(objects, "objects");
  }

  /**
   * A listed analysis.
   *
   * @param createdAt when it was accepted, in whole seconds
   */
  public record Entry(String analysisId, Instant createdAt) {}

  void add(String analysisId, Instant createdAt) {
    objects.put(DeletionKeys.retention(createdAt, analysisId), new byte[0], "text/plain");
  }

  /** Removes an analysis that has been deleted. */
  public void remove(Entry entry) {
    objects.delete(DeletionKeys.retention(entry.createdAt(), entry.analysisId()));
  }

  /**
   * Listed analyses, oldest first.
   *
   * @param after only those after this one; null to start at the first
   * @param limit most of them, 1 to 1000
   */
  public List<Entry> page(Entry after, int limit) {
    return objects
        .list(
            DeletionKeys.RETENTION,
            after == null ? null : DeletionKeys.retention(after.createdAt(), after.analysisId()),
            limit)
        .keys()
        .stream()
        .flatMap(key -> DeletionKeys.retained(key).stream())
        .toList();
  }
}
