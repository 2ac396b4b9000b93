package org.touchstone.domain.provenance;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why credentials prove nothing. None of it says anything about what the medium shows. */
public enum Problem {
  /** The file is not the one that was signed; saving it again or a platform can do this. */
  @JsonProperty("changed-after-signing")
  CHANGED_AFTER_SIGNING,
  /** The credentials themselves were changed, or somebody made them up. */
  @JsonProperty("damaged-or-forged")
  DAMAGED_OR_FORGED,
  /** The certificate had expired, and no time stamp says that the signature is older. */
  @JsonProperty("expired")
  EXPIRED,
  /** The certificate was withdrawn. */
  @JsonProperty("revoked")
  REVOKED,
  /** The certificate is not one that may sign credentials. */
  @JsonProperty("wrong-certificate")
  WRONG_CERTIFICATE,
  /** Something it was made from has credentials that do not hold, or lacks them. */
  @JsonProperty("ingredient")
  INGREDIENT,
  /** They break a rule of the specification. */
  @JsonProperty("rules-broken")
  RULES_BROKEN,
  /** They are of a kind that is not supported. */
  @JsonProperty("unsupported")
  UNSUPPORTED,
  /** The file was not at hand as a whole. */
  @JsonProperty("not-whole")
  NOT_WHOLE
}
