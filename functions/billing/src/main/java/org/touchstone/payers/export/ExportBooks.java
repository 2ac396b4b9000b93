package org.touchstone.payers.export;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.StoredObject;

/**
 * What was exported, below {@code billing/exports/{exporter}/{accountId}/}: the state of the export
 * in {@code state.json}, each batch that has ended in {@code batches/{hour}.json}, and in {@code
 * released/{hour}.json} those that were given up and whose facts went into later ones.
 */
public final class ExportBooks {
  private static final String JSON = "application/json";
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH").withZone(ZoneOffset.UTC);

  private final ObjectStore objects;

  public ExportBooks(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * A state as it was read.
   *
   * @param eTag its version; null when there is none
   */
  record Held(ExportState state, String eTag) {}

  Held read(String exporter, String accountId) {
    return objects
        .read(folder(exporter, accountId) + "state.json")
        .map(stored -> new Held(Json.read(stored.body(), ExportState.class), stored.eTag()))
        .orElse(new Held(ExportState.NONE, null));
  }

  /**
   * Replaces a state.
   *
   * @return whether it was still as it was read; if not, another run is at work on this account
   */
  boolean replace(String exporter, String accountId, Held before, ExportState after) {
    String key = folder(exporter, accountId) + "state.json";
    return before.eTag() == null
        ? objects.createIfAbsent(key, Json.bytes(after), JSON)
        : objects.replace(key, Json.bytes(after), JSON, before.eTag());
  }

  /** Files a batch that has ended, once for its hour. */
  void file(String exporter, String accountId, Batch batch) {
    objects.createIfAbsent(key(exporter, accountId, batch.hour()), Json.bytes(batch), JSON);
  }

  /** Writes what was found out about a filed batch. */
  void confirm(String exporter, String accountId, Batch batch) {
    objects.put(key(exporter, accountId, batch.hour()), Json.bytes(batch), JSON);
  }

  Optional<Batch> filed(String exporter, String accountId, Instant hour) {
    return objects.read(key(exporter, accountId, hour)).map(ExportBooks::batch);
  }

  /** The filed batches of an hour and all later ones, oldest first. */
  List<Batch> filedFrom(String exporter, String accountId, Instant hour) {
    String prefix = folder(exporter, accountId) + "batches/";
    List<Batch> batches = new ArrayList<>();
    String after = prefix + HOUR.format(hour);
    for (String key : objects.list(prefix)) {
      if (key.compareTo(after) >= 0) {
        objects.read(key).map(ExportBooks::batch).ifPresent(batches::add);
      }
    }
    return batches;
  }

  /** Remembers a batch that was given up, and why. */
  void release(String exporter, String accountId, Batch batch) {
    objects.put(
        folder(exporter, accountId) + "released/" + HOUR.format(batch.hour()) + ".json",
        Json.bytes(batch),
        JSON);
  }

  /** Takes a batch out of the books. */
  void unfile(String exporter, String accountId, Instant hour) {
    objects.delete(key(exporter, accountId, hour));
  }

  private static Batch batch(StoredObject stored) {
    return Json.read(stored.body(), Batch.class);
  }

  private static String key(String exporter, String accountId, Instant hour) {
    return folder(exporter, accountId) + "batches/" + HOUR.format(hour) + ".json";
  }

  private static String folder(String exporter, String accountId) {
    return "billing/exports/" + exporter + "/" + accountId + "/";
  }
}
