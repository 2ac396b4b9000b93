package org.touchstone.domain.mention;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who can see a post. */
public enum Visibility {
  /** Everybody; it is listed and found. */
  @JsonProperty("public")
  PUBLIC,
  /** Everybody who has its link; it is not listed. */
  @JsonProperty("unlisted")
  UNLISTED,
  /** Those who follow the author. */
  @JsonProperty("followers")
  FOLLOWERS,
  /** Those whom it names. */
  @JsonProperty("direct")
  DIRECT;

  /** Whether everybody may see what is said of it. */
  public boolean isOpen() {
    return this == PUBLIC || this == UNLISTED;
  }
}
