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
 * @param waveforms where the peaks of the media's sounds are stored; left out of the JSON when
 *     there are none
 * @param override what people know of the media, which takes precedence over the verdict; absent
 *     when they know nothing
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
    Timings timings,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MediaWaveform> waveforms,
    LevelOverride override) {

  /** An analysis of whose media people know nothing. */
  public Analysis(
      String id,
      AnalysisStatus status,
      AnalysisInput input,
      Instant createdAt,
      List<MediaItem> media,
      List<MissingMedium> missing,
      List<MediaReport> reports,
      List<MediaProvenance> provenance,
      Verdict verdict,
      Preliminary preliminary,
      Problem error,
      Timings timings,
      List<MediaWaveform> waveforms) {
    this(
        id,
        status,
        input,
        createdAt,
        media,
        missing,
        reports,
        provenance,
        verdict,
        preliminary,
        error,
        timings,
        waveforms,
        null);
  }

  /** A copy with what people know of its media; null for nothing. */
  public Analysis with(LevelOverride people) {
    return new Analysis(
        id,
        status,
        input,
        createdAt,
        media,
        missing,
        reports,
        provenance,
        verdict,
        preliminary,
        error,
        timings,
        waveforms,
        people);
  }

  /** The level that holds: people's, or else the verdict's; null while there is none. */
  public Verdict.Level levelInForce() {
    if (override != null && override.level() != null) {
      return override.level();
    }
    return verdict == null ? null : verdict.level();
  }

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

  /**
   * The peaks of a medium's sound, to draw it: JSON with {@code secondsPerPeak} and {@code peaks},
   * at most 2,000 numbers from 0 to 127.
   *
   * @param key S3 key of the JSON
   */
  public record MediaWaveform(String mediaId, String key) {}

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
