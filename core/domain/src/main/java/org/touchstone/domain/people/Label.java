package org.touchstone.domain.people;

import java.time.Instant;
import java.util.Objects;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.voting.GroundTruth;

/**
 * A person's finding on a medium, by the hash of its bytes. A copy with other bytes is another
 * medium.
 *
 * @param sha256 lower-case hexadecimal SHA-256 of the bytes
 * @param truth what was found; {@code unknown} says that a person looked and could not tell, so
 *     that the detectors decide, whatever the deployment's label says
 * @param note what the person wrote about it; absent if nothing
 * @param holder for whom it holds
 * @param at when it was given
 */
public record Label(String sha256, GroundTruth truth, String note, Holder holder, Instant at) {
  public Label {
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(truth, "truth");
    Objects.requireNonNull(holder, "holder");
    Objects.requireNonNull(at, "at");
  }
}
