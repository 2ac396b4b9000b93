package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether voters of other organisations may be asked about an analysis' media. */
public enum ThirdParties {
  @JsonProperty("configured")
  CONFIGURED,
  @JsonProperty("none")
  NONE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
