package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How an account on a platform is recognised, by the platform's own id or by a name that another
 * can take over.
 */
public enum Identity {
  @JsonProperty("id")
  ID,
  @JsonProperty("handle")
  HANDLE,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
