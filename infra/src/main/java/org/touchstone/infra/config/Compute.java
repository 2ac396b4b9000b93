package org.touchstone.infra.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What an endpoint's detectors run on. All endpoints of one compute are a lane. */
public enum Compute {
  @JsonProperty("gpu")
  GPU,
  @JsonProperty("cpu")
  CPU;

  /** The name in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
