package org.touchstone.storage;

import java.io.IOException;
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
   * @throws UncheckedIOException when the stored object is not a roster, or names an endpoint
   *     without detectors: nothing would ever be pending there
   */
  public Optional<Roster> stored() {
    return objects.read(Keys.ROSTER).map(object -> checked(Json.read(object.body(), Roster.class)));
  }

  private static Roster checked(Roster roster) {
    if (roster == null
        || roster.endpoints().isEmpty()
        || roster.endpoints().stream().anyMatch(endpoint -> endpoint.detectors().isEmpty())) {
      throw new UncheckedIOException(new IOException("a roster needs endpoints with detectors"));
    }
    return roster;
  }
}
