package org.touchstone.domain.mention;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why the bot replies. A mention gets at most one reply of each kind. */
public enum ReplyKind {
  /** It says the result, or why there is none. */
  @JsonProperty("final")
  FINAL,
  /** The result takes longer than expected. */
  @JsonProperty("delay")
  DELAY,
  /** The level changed after the final reply. */
  @JsonProperty("correction")
  CORRECTION
}
