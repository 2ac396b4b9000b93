package org.touchstone.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.touchstone.domain.DetectorFacts;
import org.touchstone.domain.Json;
import org.touchstone.domain.Roster;

/**
 * The roster of detectors, and the plan of endpoints that it is made of. Every deployment of
 * endpoints or of their models replaces the roster.
 */
public final class RosterStore {
  private static final String JSON = "application/json";
  private static final int MAX_TRIES = 20;
  private static final long MAX_PAUSE_MILLIS = 200;

  private final ObjectStore objects;

  public RosterStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * The stored roster; empty when none is stored. An endpoint without detectors is one on which
   * nothing is installed.
   *
   * @throws UncheckedIOException when the stored object is not a roster or has no endpoint
   */
  public Optional<Roster> stored() {
    return objects.read(Keys.ROSTER).map(object -> checked(Json.read(object.body(), Roster.class)));
  }

  /**
   * Replaces the roster. Of several calls at once the last one sees what the others did: the roster
   * is made again whenever somebody else has replaced it in the meantime.
   *
   * @param made makes the roster from what is deployed and installed at the time of the call
   * @return the roster that is stored now
   */
  public Roster update(Supplier<Roster> made) {
    for (int i = 0; i < MAX_TRIES; i++) {
      Optional<StoredObject> before = objects.read(Keys.ROSTER);
      Roster roster = checked(made.get());
      byte[] json = Json.bytes(roster);
      boolean done =
          before.isEmpty()
              ? objects.createIfAbsent(Keys.ROSTER, json, JSON)
              : objects.replace(Keys.ROSTER, json, JSON, before.get().eTag());
      if (done) {
        return roster;
      }
      pause();
    }
    throw new IllegalStateException("too many others change the roster");
  }

  /** What is known of the detectors; empty until something is stored. */
  public List<DetectorFacts> facts() {
    return objects
        .read(Keys.DETECTORS)
        .map(object -> Json.read(object.body(), Facts.class).detectors())
        .orElse(List.of());
  }

  /** Stores what is known of the detectors. */
  public void saveFacts(List<DetectorFacts> facts) {
    objects.put(Keys.DETECTORS, Json.bytes(new Facts(facts)), JSON);
  }

  /** The stored form of what is known. */
  record Facts(List<DetectorFacts> detectors) {
    Facts {
      detectors = detectors == null ? List.of() : List.copyOf(detectors);
    }
  }

  /** The plan of the deployed endpoints, in JSON; empty until one is stored. */
  public Optional<byte[]> plan() {
    return objects.read(Keys.ENDPOINTS).map(StoredObject::body);
  }

  /** Stores the plan of the deployed endpoints. */
  public void savePlan(byte[] json) {
    objects.put(Keys.ENDPOINTS, json, JSON);
  }

  private static Roster checked(Roster roster) {
    if (roster == null || roster.endpoints().isEmpty()) {
      throw new UncheckedIOException(new IOException("a roster needs an endpoint"));
    }
    return roster;
  }

  private static void pause() {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(MAX_PAUSE_MILLIS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
