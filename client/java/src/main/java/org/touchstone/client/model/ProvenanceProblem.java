package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Why credentials prove nothing. */
public enum ProvenanceProblem {
  @JsonProperty("changed-after-signing")
  CHANGED_AFTER_SIGNING,
  @JsonProperty("damaged-or-forged")
  DAMAGED_OR_FORGED,
  @JsonProperty("expired")
  EXPIRED,
  @JsonProperty("revoked")
  REVOKED,
  @JsonProperty("wrong-certificate")
  WRONG_CERTIFICATE,
  @JsonProperty("ingredient")
  INGREDIENT,
  @JsonProperty("rules-broken")
  RULES_BROKEN,
  @JsonProperty("unsupported")
  UNSUPPORTED,
  @JsonProperty("not-whole")
  NOT_WHOLE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
