package org.touchstone.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * All reports of one endpoint on one track of a medium in one analysis; stored as {@code
 * analyses/{id}/reports/{mediaId}/{endpoint}.json}. Resolution's own reports are stored with the
 * media, see {@link ResolvedMedia#reports}.
 *
 * @param provenance what the medium claims about its origin; absent when this endpoint did not read
 *     it
 * @param startedAt absent for a job that was lost
 * @param finishedAt absent for a job that was lost
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

  /** A copy with other reports. */
  public JobReports withReports(List<DetectorReport> others) {
    return new JobReports(
        analysisId, mediaId, endpoint, track, others, provenance, startedAt, finishedAt);
  }

  /** The reports on a lost job, whose start and end are unknown. */
  public static JobReports ofLost(Job job, List<DetectorReport> reports) {
    return new JobReports(
        job.analysisId(), job.media().id(), job.endpoint(), job.track(), reports, null, null, null);
  }
}
