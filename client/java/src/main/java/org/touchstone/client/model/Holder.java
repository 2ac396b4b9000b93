package org.touchstone.client.model;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** For whom a person's decision holds; an account's own comes before the deployment's. */
public enum Holder {
  @JsonProperty("account")
  ACCOUNT,
  @JsonProperty("deployment")
  DEPLOYMENT,
  /** A value that this version of the client does not know. */
  @JsonEnumDefaultValue
  @JsonProperty("unrecognised")
  UNRECOGNISED
}
