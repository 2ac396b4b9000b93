package org.touchstone.client.model;

import java.util.List;

/** The list of detectors. */
public record Detectors(List<Detector> detectors) {
  public Detectors {
    detectors = detectors == null ? List.of() : List.copyOf(detectors);
  }
}
