package org.touchstone.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.StoredObject;

/**
 * The caps of accounts. What the store said is believed for 30 seconds, so a change holds
 * everywhere within that time. From the first setting on, what an account uses is counted, even if
 * its caps are lifted later. Thread-safe.
 */
public final class CapStore {
  private static final Duration BELIEVED = Duration.ofSeconds(30);
  private static final int MAX_REMEMBERED = 10_000;
  private static final int MAX_TRIES = 20;
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final InstantSource clock;
  private final Map<String, Known> known = new LinkedHashMap<>();

  public CapStore(ObjectStore objects, InstantSource clock) {
    this.objects = objects;
    this.clock = clock;
  }

  private record Known(Optional<CountedCaps> caps, Instant until) {}

  /**
   * The caps of an account whose usage is counted.
   *
   * @param caps the caps, possibly none
   * @param since since when its usage is counted
   */
  public record CountedCaps(Caps caps, Instant since) {
    /** Whether an analysis may have been accepted by somebody who did not know of the caps yet. */
    boolean mayHaveMissed(Instant createdAt) {
      return createdAt.isBefore(since.plus(BELIEVED.multipliedBy(2)));
    }
  }

  /** The caps of an account; empty when it never had any. */
  public Optional<CountedCaps> find(String accountId) {
    Instant now = clock.instant();
    synchronized (known) {
      Known there = known.get(accountId);
      if (there != null && now.isBefore(there.until())) {
        return there.caps();
      }
    }
    return stored(accountId);
  }

  /** The caps of an account as they are stored at this moment; empty when it never had any. */
  Optional<CountedCaps> stored(String accountId) {
    Instant now = clock.instant();
    Optional<CountedCaps> caps = objects.read(BillingKeys.caps(accountId)).map(CapStore::parse);
    remember(accountId, caps, now);
    return caps;
  }

  /** Sets an account's caps. */
  public CountedCaps set(String accountId, Caps caps) {
    String key = BillingKeys.caps(accountId);
    Instant now = clock.instant();
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<StoredObject> stored = objects.read(key);
      CountedCaps next =
          new CountedCaps(caps, stored.map(CapStore::parse).map(CountedCaps::since).orElse(now));
      if (stored.isEmpty()
          ? objects.createIfAbsent(key, Json.bytes(next), JSON)
          : objects.replace(key, Json.bytes(next), JSON, stored.get().eTag())) {
        remember(accountId, Optional.of(next), now);
        return next;
      }
    }
    throw new IllegalStateException("the caps are changed by others all the time");
  }

  private void remember(String accountId, Optional<CountedCaps> caps, Instant now) {
    synchronized (known) {
      known.remove(accountId);
      known.put(accountId, new Known(caps, now.plus(BELIEVED)));
      if (known.size() > MAX_REMEMBERED) {
        known.remove(known.keySet().iterator().next());
      }
    }
  }

  private static CountedCaps parse(StoredObject object) {
    return Json.read(object.body(), CountedCaps.class);
  }
}
