package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * What an endpoint's detectors run on, and what a detector needs. The endpoints of one kind are a
 * lane; the lane of CPUs starts within seconds, the lane of GPUs within minutes.
 */
public enum Compute {
  /** Ordinary processors. */
  @JsonProperty("cpu")
  CPU,
  /** Processors with a GPU beside them. */
  @JsonProperty("gpu")
  GPU;

  /** The name in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it can run what needs the given compute: a GPU runs everything. */
  public boolean canRun(Compute needed) {
    return compareTo(needed) >= 0;
  }
}
