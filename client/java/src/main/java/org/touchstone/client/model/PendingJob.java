package org.touchstone.client.model;

import java.util.List;

/**
 * A job that has not reported yet.
 *
 * @param detectors names of the detectors whose reports it will bring
 */
public record PendingJob(String mediaId, String endpoint, Modality track, List<String> detectors) {
  public PendingJob {
    detectors = detectors == null ? List.of() : List.copyOf(detectors);
  }
}
