package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/**
 * An analysis as the API shows it, built from the stored objects.
 *
 * @param missing media of the post that could not be had, with the reason; left out of the JSON
 *     when there are none
 * @param provenance one entry per medium that has any
 * @param preliminary the verdict so far; present exactly while detectors are at work
 * @param timings where the time went; parts that have not happened yet are absent
 */
public record Analysis(
    String id,
    AnalysisStatus status,
    AnalysisInput input,
    Instant createdAt,
    List<MediaItem> media,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MissingMedium> missing,
    List<MediaReport> reports,
    List<MediaProvenance> provenance,
    Verdict verdict,
    Preliminary preliminary,
    Problem error,
    Timings timings) {

  /**
   * A detector's report, the medium it is about and the track of it that was looked at.
   *
   * @param lane what its endpoint runs on; absent for reports of resolution, of voters of other
   *     organisations and of earlier versions
   */
  public record MediaReport(
      String mediaId,
      String endpoint,
      Modality track,
      Compute lane,
      @JsonUnwrapped DetectorReport report) {}

  /** A medium's provenance. */
  public record MediaProvenance(String mediaId, @JsonUnwrapped Provenance provenance) {}

  /**
   * The verdict over the reports so far. It is computed each time it is shown, and never stored,
   * billed or announced.
   *
   * @param verdict what the verdict would be without the detectors that are pending
   * @param settled whether the policy does not expect them to change the level
   * @param pending the jobs that have not reported yet
   */
  public record Preliminary(Verdict verdict, boolean settled, List<PendingJob> pending) {
    public Preliminary {
      pending = List.copyOf(pending);
    }
  }

  /**
   * A job that has not reported yet.
   *
   * @param detectors names of the detectors whose reports it will bring
   */
  public record PendingJob(
      String mediaId, String endpoint, Modality track, List<String> detectors) {
    public PendingJob {
      detectors = List.copyOf(detectors);
    }
  }

  /** Milliseconds per stage. */
  public record Timings(Long queued, Long resolve, Long detect, Long vote, Long total) {}
}
