package org.touchstone.domain.provenance;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who vouches for a signer, from the strongest to nobody. */
public enum Voucher {
  /** C2PA's own trust list. */
  @JsonProperty("official")
  OFFICIAL,
  /** A list of the organisation that runs this deployment. */
  @JsonProperty("own")
  OWN,
  /** The list that C2PA's members used before there was an official one; frozen. */
  @JsonProperty("interim")
  INTERIM,
  /** Certificates of makers of generators, which vouch only for what these make. */
  @JsonProperty("known-generators")
  KNOWN_GENERATORS,
  /** No list: anybody can make a certificate in any name. */
  @JsonProperty("nobody")
  NOBODY;

  /** The weaker of two: a chain is as strong as its weakest part. */
  public Voucher weaker(Voucher other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
