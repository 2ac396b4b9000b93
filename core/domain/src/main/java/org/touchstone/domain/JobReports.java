package org.touchstone.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * All that one endpoint says of one medium in one analysis; stored as {@code
 * analyses/{id}/reports/{mediaId}/{endpoint}.json} and returned as the task's result.
 */
public record JobReports(
    String analysisId,
    String mediaId,
    String endpoint,
    Modality track,
    List<DetectorReport> reports,
    Provenance provenance,
    Instant startedAt,
    Instant finishedAt) {

  public JobReports {
    Objects.requireNonNull(analysisId, "analysisId");
    Objects.requireNonNull(mediaId, "mediaId");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(track, "track");
    reports = List.copyOf(reports);
  }
}
