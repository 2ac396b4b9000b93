package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Who vouches for a signer, from the strongest to nobody. */
public enum Voucher {
  @JsonProperty("official")
  OFFICIAL,
  @JsonProperty("own")
  OWN,
  @JsonProperty("interim")
  INTERIM,
  @JsonProperty("known-generators")
  KNOWN_GENERATORS,
  @JsonProperty("nobody")
  NOBODY,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
