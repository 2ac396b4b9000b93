package org.touchstone.storage;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.storage.MediaReferences.Condemned;

/**
 * Deletes the bytes of media that no analysis refers to any more, and the reports on them that were
 * kept for later analyses. {@link MediaReferences} says why this is safe. Media that earlier
 * versions stored are left alone, because analyses of those versions did not write references: they
 * end by the bucket's lifecycle rules.
 */
public final class MediaDisposal {
  private static final String JSON = "application/json";

  private final ObjectStore objects;
  private final ObjectRemoval removal;
  private final MediaReferences references;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public MediaDisposal(
      ObjectStore objects, ObjectRemoval removal, MediaReferences references, InstantSource clock) {
    this.objects = Objects.requireNonNull(objects, "objects");
    this.removal = Objects.requireNonNull(removal, "removal");
    this.references = Objects.requireNonNull(references, "references");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Deletes a medium if nobody refers to it.
   *
   * @param sha256 lower-case hexadecimal SHA-256 of the medium
   * @return whether this is settled; false when it must be tried again, because somebody else is at
   *     it or it took too long
   */
  boolean dispose(String sha256) {
    if (references.isHeld(sha256)) {
      return true;
    }
    Condemned condemned =
        new Condemned(Ids.randomId(random), clock.instant().plus(MediaReferences.CONDEMNED_FOR));
    if (!condemn(sha256, condemned)) {
      return false;
    }
    boolean settled =
        references.isHeld(sha256) || isOfEarlierVersion(sha256) || remove(sha256, condemned);
    if (settled && isInTime(condemned)) {
      objects.delete(MediaKeys.condemned(sha256));
    }
    return settled;
  }

  private boolean condemn(String sha256, Condemned condemned) {
    String key = MediaKeys.condemned(sha256);
    if (objects.createIfAbsent(key, Json.bytes(condemned), JSON)) {
      return true;
    }
    Optional<StoredObject> earlier = objects.read(key);
    return earlier
        .filter(object -> Json.read(object.body(), Condemned.class).isOver(clock.instant()))
        // Whoever condemned it has died.
        .filter(object -> objects.replace(key, Json.bytes(condemned), JSON, object.eTag()))
        .isPresent();
  }

  private boolean isOfEarlierVersion(String sha256) {
    return objects
        .metadata(MediaKeys.media(sha256))
        .filter(metadata -> !metadata.containsKey(MediaReferences.METADATA))
        .isPresent();
  }

  private boolean remove(String sha256, Condemned condemned) {
    if (!isInTime(condemned)) {
      return false;
    }
    removal.remove(MediaKeys.media(sha256));
    if (!isInTime(condemned)) {
      return false;
    }
    removal.removeAll(MediaKeys.cachedReports(sha256));
    return true;
  }

  /** After its time, another process may condemn the medium, and others no longer wait. */
  private boolean isInTime(Condemned condemned) {
    Instant now = clock.instant();
    return now.isBefore(condemned.until());
  }
}
