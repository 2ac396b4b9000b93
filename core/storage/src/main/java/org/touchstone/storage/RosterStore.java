package org.touchstone.storage;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.Roster;

/** The roster of detectors. Whoever deploys endpoints or their models replaces it. */
public final class RosterStore {
  private final ObjectStore objects;

  public RosterStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * The roster that is stored; empty when none is.
   *
   * @throws UncheckedIOException when what is stored is not a roster
   */
  public Optional<Roster> stored() {
    return objects.read(Keys.ROSTER).map(object -> Json.read(object.body(), Roster.class));
  }
}
