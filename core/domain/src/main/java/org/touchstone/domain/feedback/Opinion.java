package org.touchstone.domain.feedback;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody thinks of a verdict. It never changes one. */
public enum Opinion {
  /** The verdict is right. */
  @JsonProperty("agree")
  AGREE,
  /** The verdict is wrong. */
  @JsonProperty("disagree")
  DISAGREE,
  /** The reader cannot tell. */
  @JsonProperty("unsure")
  UNSURE
}
