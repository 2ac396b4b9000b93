package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a provenance claim was checked. */
public enum ProvenanceState {
  @JsonProperty("absent")
  ABSENT,
  @JsonProperty("remote")
  REMOTE,
  @JsonProperty("present-unverified")
  PRESENT_UNVERIFIED,
  @JsonProperty("invalid")
  INVALID,
  @JsonProperty("valid-untrusted")
  VALID_UNTRUSTED,
  @JsonProperty("valid-trusted")
  VALID_TRUSTED,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
