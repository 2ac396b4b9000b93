package org.touchstone.c2pa;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.touchstone.c2pa.manifest.ManifestReport;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.Status;

/**
 * What the content credentials of a file are worth.
 *
 * @param state how far they can be believed
 * @param reason why they could not be checked, a sentence; null unless the state is {@link
 *     State#UNCHECKED}
 * @param judgedAt the time at which they were judged
 * @param manifests the active manifest first, then those of its ingredients; empty when they cannot
 *     be read
 * @param ofAsset what was found about the active manifest and its binding to the file
 * @param ofIngredients what was found about ingredients and was not known to those who used them
 */
public record Validation(
    State state,
    String reason,
    Instant judgedAt,
    List<ManifestReport> manifests,
    List<Status> ofAsset,
    List<Status> ofIngredients) {
  public Validation {
    manifests = List.copyOf(manifests);
    ofAsset = List.copyOf(ofAsset);
    ofIngredients = List.copyOf(ofIngredients);
  }

  /** How far content credentials can be believed. */
  public enum State {
    /** They were changed, or the file was, or they break the rules. */
    @JsonProperty("invalid")
    INVALID,
    /** They are sound, but nobody on a list vouches for their signer. */
    @JsonProperty("valid")
    VALID,
    /** They are sound, and a trusted list vouches for their signer. */
    @JsonProperty("trusted")
    TRUSTED,
    /** They could not be checked: they are more, or of another kind, than is supported. */
    @JsonProperty("unchecked")
    UNCHECKED
  }

  /** The manifest that is about the file itself; empty when it cannot be read. */
  public Optional<ManifestReport> active() {
    return manifests.stream().findFirst();
  }

  /** Whether a code was found about the active manifest or the file. */
  public boolean has(Code code) {
    return ofAsset.stream().anyMatch(status -> status.code() == code);
  }

  /** All failures, each once, in the order in which they were found. */
  public List<Code> failures() {
    return Stream.concat(ofAsset.stream(), ofIngredients.stream())
        .filter(Status::isFailure)
        .map(Status::code)
        .distinct()
        .toList();
  }
}
