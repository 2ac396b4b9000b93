package org.touchstone.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.touchstone.domain.Json;

/**
 * Limits how many deliveries to one receiver are under way at once, over all instances of the
 * function, so that a slow receiver leaves places for the others. A place is an object; that of a
 * worker that died is free again after a while.
 */
public final class ReceiverPlaces {
  /** Deliveries at once to one host for one account. */
  public static final int PER_RECEIVER = 4;

  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final Duration lasts;

  /**
   * @param lasts after which time a place is free although nobody gave it back; longer than any
   *     attempt
   */
  public ReceiverPlaces(ObjectStore objects, Duration lasts) {
    this.objects = objects;
    this.lasts = lasts;
  }

  /** A place that is held until it is closed. */
  public final class Place implements AutoCloseable {
    private final String key;

    private Place(String key) {
      this.key = key;
    }

    @Override
    public void close() {
      objects.delete(key);
    }
  }

  /** Until when a place is held. */
  record Held(Instant until) {}

  /**
   * Takes a place.
   *
   * @param host the receiver
   * @param first the place that is tried first, so that deliveries at once try different ones
   * @return empty when all are held
   */
  public Optional<Place> take(String accountId, String host, int first, Instant now) {
    String hash = sha256(host);
    for (int i = 0; i < PER_RECEIVER; i++) {
      String key = Keys.receiverPlace(accountId, hash, Math.floorMod(first + i, PER_RECEIVER));
      byte[] mine = Json.bytes(new Held(now.plus(lasts)));
      if (objects.createIfAbsent(key, mine, JSON) || isTakenOver(key, mine, now)) {
        return Optional.of(new Place(key));
      }
    }
    return Optional.empty();
  }

  private boolean isTakenOver(String key, byte[] mine, Instant now) {
    return objects
        .read(key)
        .filter(there -> !now.isBefore(Json.read(there.body(), Held.class).until()))
        .filter(there -> objects.replace(key, mine, JSON, there.eTag()))
        .isPresent();
  }

  private static String sha256(String host) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(host.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
