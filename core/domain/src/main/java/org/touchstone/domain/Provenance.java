package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * A medium's own statement about its origin (C2PA, IPTC). It is shown beside the vote and never
 * averaged into it; its absence is not evidence.
 *
 * @param state how far the claim was checked
 * @param signer who signed the manifest
 * @param generator the software that made the claim
 * @param digitalSourceType IPTC digital source type, the last part of its URI
 * @param claims further statements, each a short sentence
 */
public record Provenance(
    State state, String signer, String generator, String digitalSourceType, List<String> claims) {

  public static final Provenance ABSENT = new Provenance(State.ABSENT, null, null, null, List.of());

  public Provenance {
    Objects.requireNonNull(state, "state");
    claims = claims == null ? List.of() : List.copyOf(claims);
  }

  /** How far a provenance claim was checked. */
  public enum State {
    @JsonProperty("absent")
    ABSENT,
    /** A manifest is there; its signature was not checked. */
    @JsonProperty("present-unverified")
    PRESENT_UNVERIFIED,
    @JsonProperty("invalid")
    INVALID,
    @JsonProperty("valid-untrusted")
    VALID_UNTRUSTED,
    @JsonProperty("valid-trusted")
    VALID_TRUSTED
  }
}
