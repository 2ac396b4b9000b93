package org.touchstone.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.StoredObject;

/**
 * The price lists, with the instants since when each is in force. What the store said is believed
 * for 30 seconds, so a new list comes into force {@link #NOTICE} after it is published: by then
 * everybody knows it, and one instant has one price everywhere. Thread-safe.
 */
public final class PriceStore {
  /** From the publication of a list until it is in force. */
  public static final Duration NOTICE = Duration.ofMinutes(2);

  private static final Duration BELIEVED = Duration.ofSeconds(30);
  private static final int MAX_TRIES = 20;
  private static final String KEY = "billing/prices.json";
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final InstantSource clock;
  private volatile Known known = new Known(List.of(), Instant.MIN);

  public PriceStore(ObjectStore objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  private record Known(List<PriceList> lists, Instant until) {}

  /** All lists, in the order in which they come into force. */
  record Published(List<PriceList> lists) {
    Published {
      lists = lists == null ? List.of() : List.copyOf(lists);
    }
  }

  /** The list that is in force at an instant, in the past or not later than in a minute. */
  public PriceList at(Instant instant) {
    List<PriceList> lists = lists();
    for (int i = lists.size() - 1; i >= 0; i--) {
      if (!lists.get(i).from().isAfter(instant)) {
        return lists.get(i);
      }
    }
    return PriceList.FREE;
  }

  /** The list that is in force now, and then those that are to come. */
  public List<PriceList> current() {
    Instant now = clock.instant();
    List<PriceList> all = new ArrayList<>(List.of(at(now)));
    lists().stream().filter(list -> list.from().isAfter(now)).forEach(all::add);
    return List.copyOf(all);
  }

  /**
   * Publishes a list.
   *
   * @param from since when it is to be in force; null for as soon as possible
   * @return the list as it was stored, with its instant; of a list that was published before, that
   *     of the first time
   * @throws IllegalArgumentException when the version has other prices already, the currency is
   *     another than that of earlier lists, or the instant is too early
   */
  public PriceList publish(
      String version,
      String currency,
      long image,
      long videoMinute,
      long audioMinute,
      Instant from) {
    Instant earliest = clock.instant().plus(NOTICE);
    if (from != null && from.isBefore(earliest)) {
      throw new IllegalArgumentException("a price list is published 2 minutes before it holds");
    }
    PriceList list =
        new PriceList(
            version, currency, image, videoMinute, audioMinute, from == null ? earliest : from);
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<StoredObject> stored = objects.read(KEY);
      List<PriceList> lists = stored.map(PriceStore::lists).orElse(List.of());
      Optional<PriceList> same =
          lists.stream().filter(other -> other.version().equals(version)).findFirst();
      if (same.isPresent()) {
        return repeated(same.get(), list, from);
      }
      requireNext(lists, list);
      List<PriceList> all = new ArrayList<>(lists);
      all.add(list);
      all.sort(Comparator.comparing(PriceList::from));
      byte[] body = Json.bytes(new Published(all));
      if (stored.isEmpty()
          ? objects.createIfAbsent(KEY, body, JSON)
          : objects.replace(KEY, body, JSON, stored.get().eTag())) {
        known = new Known(List.of(), Instant.MIN);
        return list;
      }
    }
    throw new IllegalStateException("the prices are changed by others all the time");
  }

  private static PriceList repeated(PriceList before, PriceList again, Instant from) {
    PriceList then =
        new PriceList(
            again.version(),
            again.currency(),
            again.imageMicros(),
            again.videoMinuteMicros(),
            again.audioMinuteMicros(),
            before.from());
    if (!then.equals(before) || from != null && !from.equals(before.from())) {
      throw new IllegalArgumentException("this version has other prices, which never change");
    }
    return before;
  }

  private static void requireNext(List<PriceList> lists, PriceList list) {
    if (lists.stream().anyMatch(other -> other.from().equals(list.from()))) {
      throw new IllegalArgumentException("another list comes into force at this instant");
    }
    if (!lists.isEmpty() && !lists.getFirst().currency().equals(list.currency())) {
      throw new IllegalArgumentException(
          "the currency of this deployment is " + lists.getFirst().currency());
    }
    if (list.version().equals(PriceList.FREE.version())) {
      throw new IllegalArgumentException("this version is that of a deployment without prices");
    }
  }

  private List<PriceList> lists() {
    Known there = known;
    Instant now = clock.instant();
    if (now.isBefore(there.until())) {
      return there.lists();
    }
    List<PriceList> read = objects.read(KEY).map(PriceStore::lists).orElse(List.of());
    known = new Known(read, now.plus(BELIEVED));
    return read;
  }

  private static List<PriceList> lists(StoredObject object) {
    return Json.read(object.body(), Published.class).lists();
  }
}
