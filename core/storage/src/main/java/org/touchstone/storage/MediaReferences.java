package org.touchstone.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.touchstone.domain.Json;

/**
 * Which analyses use a medium. The same bytes are stored once, whoever brings them, and may be
 * deleted only when the last analysis that uses them is gone.
 *
 * <p>S3 has no transactions. That a medium is not deleted while it comes into use again rests on an
 * order of writes on both sides: who uses a medium first writes its reference and then looks for a
 * condemnation; who deletes one first condemns it and then looks for references. Whichever is
 * second sees the other. Who sees a condemnation waits until it ends, and then stores the medium
 * again if it is gone. A condemnation says itself when it ends, so that nobody waits for long for a
 * process that died.
 */
public final class MediaReferences {
  /** How long after its condemnation a medium may still be deleted. */
  static final Duration CONDEMNED_FOR = Duration.ofMinutes(1);

  /** What a request under way at that time and clocks that differ may take beyond it. */
  static final Duration LEEWAY = Duration.ofMinutes(1);

  /** Marks media that have had references from the start. */
  static final String METADATA = "referenced";

  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final String TEXT = "text/plain";
  private static final byte[] EMPTY = {};

  private final ObjectStore objects;
  private final InstantSource clock;

  public MediaReferences(ObjectStore objects, InstantSource clock) {
    this.objects = Objects.requireNonNull(objects, "objects");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * A medium's condemnation.
   *
   * @param by who is about to delete it, a random name
   * @param until when this must have been done
   */
  record Condemned(String by, Instant until) {
    boolean isOver(Instant now) {
      return now.isAfter(until.plus(LEEWAY));
    }
  }

  /**
   * Refers to a medium. When this returns, nobody who found the medium unused is about to delete it
   * any more; whether it is still stored must be seen after that.
   *
   * @param sha256 lower-case hexadecimal SHA-256 of the medium
   */
  void hold(MediaOwner owner, String sha256) {
    // The analysis' own list first: what it does not name could not be found to be removed.
    objects.put(MediaKeys.analysisReference(owner.analysisId(), sha256), EMPTY, TEXT);
    objects.put(MediaKeys.reference(sha256, owner.accountId(), owner.analysisId()), EMPTY, TEXT);
    while (condemned(sha256).filter(found -> !found.isOver(clock.instant())).isPresent()) {
      pause();
    }
  }

  /** The media that an analysis refers to, by their SHA-256. */
  List<String> of(String analysisId) {
    String prefix = MediaKeys.analysisReferences(analysisId);
    return objects.list(prefix).stream()
        .map(key -> key.substring(prefix.length()))
        .filter(Keys::isSha256)
        .toList();
  }

  /** Ends an analysis' reference; its own list still has it. */
  void release(MediaOwner owner, String sha256) {
    objects.delete(MediaKeys.reference(sha256, owner.accountId(), owner.analysisId()));
  }

  /** Removes a medium from the analysis' own list. */
  void forget(String analysisId, String sha256) {
    objects.delete(MediaKeys.analysisReference(analysisId, sha256));
  }

  /** Whether an analysis refers to a medium. */
  boolean isHeld(String sha256) {
    return !objects.list(MediaKeys.references(sha256), null, 1).keys().isEmpty();
  }

  private Optional<Condemned> condemned(String sha256) {
    return objects
        .read(MediaKeys.condemned(sha256))
        .map(object -> Json.read(object.body(), Condemned.class));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a medium is being deleted", e);
    }
  }
}
