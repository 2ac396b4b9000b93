package org.touchstone.storage;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.Roster;

/** The roster of detectors. Every deployment of endpoints or of their models replaces it. */
public final class RosterStore {
  private final ObjectStore objects;

  public RosterStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * The stored roster; empty when none is stored.
   *
   * @throws UncheckedIOException when the stored object is not a roster
   */
  public Optional<Roster> stored() {
    return objects.read(Keys.ROSTER).map(object -> Json.read(object.body(), Roster.class));
  }
}
