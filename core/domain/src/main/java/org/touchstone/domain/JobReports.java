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
 * @param compute the lane that did the job; absent in reports of earlier versions, and where no
 *     lane did it: resolution, and what asks somebody else
 */
public record JobReports(
    String analysisId,
    String mediaId,
    String endpoint,
    Modality track,
    List<DetectorReport> reports,
    Provenance provenance,
    Instant startedAt,
    Instant finishedAt,
    Compute compute) {

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
        analysisId, mediaId, endpoint, track, others, provenance, startedAt, finishedAt, compute);
  }

  /** Reports of no lane. */
  public JobReports(
      String analysisId,
      String mediaId,
      String endpoint,
      Modality track,
      List<DetectorReport> reports,
      Provenance provenance,
      Instant startedAt,
      Instant finishedAt) {
    this(analysisId, mediaId, endpoint, track, reports, provenance, startedAt, finishedAt, null);
  }

  /**
   * The reports on a lost job, whose start and end are unknown.
   *
   * @param lane the lane that had it; null when it had none
   */
  public static JobReports ofLost(Job job, Compute lane, List<DetectorReport> reports) {
    return new JobReports(
        job.analysisId(),
        job.media().id(),
        job.endpoint(),
        job.track(),
        reports,
        null,
        null,
        null,
        lane);
  }
}
