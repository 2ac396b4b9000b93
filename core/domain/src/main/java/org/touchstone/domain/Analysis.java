package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/**
 * An analysis as the API shows it, put together from what is stored.
 *
 * @param provenance one entry per medium that has any
 * @param timings where the time went; parts that have not happened yet are absent
 */
public record Analysis(
    String id,
    AnalysisStatus status,
    AnalysisInput input,
    Instant createdAt,
    List<MediaItem> media,
    List<MediaReport> reports,
    List<MediaProvenance> provenance,
    Verdict verdict,
    Problem error,
    Timings timings) {

  /** A detector's report, the medium it is about and the track of it that was looked at. */
  public record MediaReport(
      String mediaId, String endpoint, Modality track, @JsonUnwrapped DetectorReport report) {}

  /** A medium's provenance. */
  public record MediaProvenance(String mediaId, @JsonUnwrapped Provenance provenance) {}

  /** Milliseconds per stage. */
  public record Timings(Long queued, Long resolve, Long detect, Long vote, Long total) {}
}
