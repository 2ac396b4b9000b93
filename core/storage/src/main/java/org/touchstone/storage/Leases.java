package org.touchstone.storage;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.touchstone.domain.Json;

/**
 * Objects that one caller at a time may hold, among all instances of a function. Whoever dies with
 * a lease loses it after a while.
 */
public final class Leases {
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final InstantSource clock;

  public Leases(ObjectStore objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  /**
   * A taken lease.
   *
   * @param key where it is stored
   * @param holder names who has it
   */
  public record Lease(String key, String holder) {}

  /** The stored form. */
  record Taken(String holder, Instant until) {}

  /**
   * Takes the right to be the first to ask for an analysis under an idempotency key.
   *
   * @param lifetime after which another may have it, unless it was given back before
   * @return empty when somebody else has it
   */
  public Optional<Lease> takeRequest(String analysisId, Duration lifetime) {
    return take(Keys.claim(analysisId), lifetime);
  }

  /** Takes the right to work on a mention, or to poll for mentions, as {@link #takeRequest}. */
  Optional<Lease> takeMention(String key, Duration lifetime) {
    return take(key, lifetime);
  }

  /**
   * Takes one of a number of places.
   *
   * @param group names the places: lower-case letters, then perhaps a slash and an account's id
   * @param count how many there are
   * @param tries how many of them are looked at, from a random one on; with fewer than {@code
   *     count} a free one may be missed
   * @param lifetime after which it is free again, unless it was given back before
   * @return empty when no free one was found
   */
  public Optional<Lease> takeSlot(String group, int count, int tries, Duration lifetime) {
    int first = count < 1 ? 0 : ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < Math.min(count, tries); i++) {
      Optional<Lease> taken = take(Keys.slot(group, (first + i) % count), lifetime);
      if (taken.isPresent()) {
        return taken;
      }
    }
    return Optional.empty();
  }

  /** Gives a lease back; one that is somebody else's by now stays theirs. */
  public void release(Lease lease) {
    objects
        .read(lease.key())
        .filter(now -> lease.holder().equals(read(now).holder()))
        .ifPresent(
            now ->
                objects.replace(
                    lease.key(), Json.bytes(new Taken(null, Instant.EPOCH)), JSON, now.eTag()));
  }

  private Optional<Lease> take(String key, Duration lifetime) {
    Lease lease = new Lease(key, Long.toHexString(ThreadLocalRandom.current().nextLong()));
    Instant now = clock.instant();
    byte[] json = Json.bytes(new Taken(lease.holder(), now.plus(lifetime)));
    Optional<StoredObject> before = objects.read(key);
    boolean mine =
        before.isEmpty()
            ? objects.createIfAbsent(key, json, JSON)
            : isFree(before.get(), now) && objects.replace(key, json, JSON, before.get().eTag());
    return mine ? Optional.of(lease) : Optional.empty();
  }

  private static boolean isFree(StoredObject stored, Instant now) {
    Instant until = read(stored).until();
    return until == null || !until.isAfter(now);
  }

  /** Whoever cannot be read holds nothing. */
  private static Taken read(StoredObject stored) {
    try {
      Taken taken = Json.read(stored.body(), Taken.class);
      return taken == null ? new Taken(null, null) : taken;
    } catch (UncheckedIOException e) {
      return new Taken(null, null);
    }
  }
}
