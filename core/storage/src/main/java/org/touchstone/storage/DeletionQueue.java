package org.touchstone.storage;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.Json;

/**
 * The deletions that are not finished. Their keys begin with the time at which they are due, so
 * that those that are due are found without a look at the others.
 */
public final class DeletionQueue {
  private static final String JSON = "application/json";

  private final ObjectStore objects;

  public DeletionQueue(ObjectStore objects) {
    this.objects = Objects.requireNonNull(objects, "objects");
  }

  /** Adds a deletion; adding it again changes nothing. */
  void add(Deletion deletion) {
    objects.put(DeletionKeys.deletion(deletion), Json.bytes(deletion), JSON);
  }

  void remove(Deletion deletion) {
    objects.delete(DeletionKeys.deletion(deletion));
  }

  /**
   * The deletions that are due, the earliest first.
   *
   * @param after only those after this one; null to start at the first
   * @param limit most of them, 1 to 1000
   */
  public List<Deletion> due(Instant now, Deletion after, int limit) {
    List<String> keys =
        objects
            .list(
                DeletionKeys.DELETIONS, after == null ? null : DeletionKeys.deletion(after), limit)
            .keys()
            .stream()
            .filter(key -> key.compareTo(DeletionKeys.deletionsAfter(now)) < 0)
            .toList();
    return objects.readAll(keys).values().stream()
        .map(object -> Json.read(object.body(), Deletion.class))
        .toList();
  }
}
