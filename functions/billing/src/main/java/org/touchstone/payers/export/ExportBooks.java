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
 * in {@code state.json}, each sealed hour that has ended in {@code hours/{hour}.json}, and in
 * {@code released/{hour}.json} those that were given up and whose facts went into later ones.
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

  /** Files a sealed hour that has ended, once for its hour. */
  void file(String exporter, String accountId, SealedHour usage) {
    objects.createIfAbsent(key(exporter, accountId, usage.hour()), Json.bytes(usage), JSON);
  }

  /** Writes what was found out about a filed hour. */
  void confirm(String exporter, String accountId, SealedHour usage) {
    objects.put(key(exporter, accountId, usage.hour()), Json.bytes(usage), JSON);
  }

  Optional<SealedHour> filed(String exporter, String accountId, Instant hour) {
    return objects.read(key(exporter, accountId, hour)).map(ExportBooks::hour);
  }

  /** The filed hours from an hour on, oldest first. */
  List<SealedHour> filedFrom(String exporter, String accountId, Instant hour) {
    String prefix = folder(exporter, accountId) + "hours/";
    List<SealedHour> hours = new ArrayList<>();
    String after = prefix + HOUR.format(hour);
    for (String key : objects.list(prefix)) {
      if (key.compareTo(after) >= 0) {
        objects.read(key).map(ExportBooks::hour).ifPresent(hours::add);
      }
    }
    return hours;
  }

  /** Remembers a sealed hour that was given up, and why. */
  void release(String exporter, String accountId, SealedHour usage) {
    objects.put(
        folder(exporter, accountId) + "released/" + HOUR.format(usage.hour()) + ".json",
        Json.bytes(usage),
        JSON);
  }

  /** Takes a sealed hour out of the books. */
  void unfile(String exporter, String accountId, Instant hour) {
    objects.delete(key(exporter, accountId, hour));
  }

  private static SealedHour hour(StoredObject stored) {
    return Json.read(stored.body(), SealedHour.class);
  }

  private static String key(String exporter, String accountId, Instant hour) {
    return folder(exporter, accountId) + "hours/" + HOUR.format(hour) + ".json";
  }

  private static String folder(String exporter, String accountId) {
    return "billing/exports/" + exporter + "/" + accountId + "/";
  }
}
