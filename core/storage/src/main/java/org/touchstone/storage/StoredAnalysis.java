package org.touchstone.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.domain.Analysis;
import org.touchstone.domain.Analysis.MediaProvenance;
import org.touchstone.domain.Analysis.MediaReport;
import org.touchstone.domain.Analysis.MediaWaveform;
import org.touchstone.domain.Analysis.PendingJob;
import org.touchstone.domain.Analysis.Preliminary;
import org.touchstone.domain.Analysis.Timings;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.MediaSource;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.voting.AnalysisEvidence;
import org.touchstone.domain.voting.Judged;
import org.touchstone.domain.voting.Preview;
import org.touchstone.domain.voting.VotingPolicy;

/** All stored objects of one analysis, and the view of it that they give. */
record StoredAnalysis(
    AnalysisRequest request,
    Optional<Instant> resolvingAt,
    Optional<ResolvedMedia> resolved,
    List<JobReports> reports,
    Optional<AnalysisOutcome> outcome) {

  AnalysisStatus status() {
    if (outcome.isPresent()) {
      return outcome.get().status();
    }
    if (resolved.isPresent()) {
      return evidence().underWay().isEmpty() ? AnalysisStatus.VOTING : AnalysisStatus.DETECTING;
    }
    return resolvingAt.isPresent() ? AnalysisStatus.RESOLVING : AnalysisStatus.QUEUED;
  }

  /** Whether the media are known and the verdict is not. */
  boolean isUnderWay() {
    return resolved.isPresent() && outcome.isEmpty();
  }

  /**
   * The analysis as it stands now.
   *
   * @param policy the policy of the preliminary verdict; empty for an analysis without one
   */
  Analysis view(Optional<VotingPolicy> policy) {
    List<MediaItem> media = resolved.map(ResolvedMedia::media).orElse(List.of());
    return new Analysis(
        request.id(),
        status(),
        request.input(),
        request.createdAt(),
        media,
        resolved.map(ResolvedMedia::missing).orElse(List.of()),
        shownReports(),
        media.stream().flatMap(medium -> provenance(medium.id()).stream()).toList(),
        outcome.map(AnalysisOutcome::verdict).orElse(null),
        policy.map(this::preliminary).orElse(null),
        outcome.map(AnalysisOutcome::error).orElse(null),
        timings(),
        inJobOrder().stream()
            .filter(job -> job.waveformKey() != null)
            .map(job -> new MediaWaveform(job.mediaId(), job.waveformKey()))
            .distinct()
            .toList());
  }

  AnalysisSummary summary() {
    return new AnalysisSummary(
        request.id(),
        status(),
        request.input(),
        request.createdAt(),
        outcome.map(AnalysisOutcome::verdict).map(verdict -> verdict.level()).orElse(null),
        resolved.flatMap(StoredAnalysis::platform).orElse(null));
  }

  private static Optional<String> platform(ResolvedMedia media) {
    return media.media().stream()
        .map(MediaItem::source)
        .filter(Objects::nonNull)
        .map(MediaSource::platform)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Preliminary preliminary(VotingPolicy policy) {
    AnalysisEvidence evidence = evidence();
    Preview preview = policy.preview(evidence.mediaSoFar());
    return new Preliminary(
        preview.verdict(),
        preview.settled(),
        evidence.underWay().stream().map(StoredAnalysis::pending).toList());
  }

  private AnalysisEvidence evidence() {
    return new AnalysisEvidence(resolved.orElseThrow(), reports);
  }

  private static PendingJob pending(AnalysisEvidence.Pending pending) {
    return new PendingJob(
        pending.job().media().id(),
        pending.job().endpoint(),
        pending.job().track(),
        pending.detectors().stream().map(Roster.Detector::name).toList());
  }

  /**
   * The reports in job order, except that within a track the detectors that are not installed come
   * last, whoever says so.
   */
  private List<MediaReport> shownReports() {
    Map<List<Object>, List<JobReports>> byTrack =
        inJobOrder().stream()
            .collect(
                Collectors.groupingBy(
                    job -> List.of(job.mediaId(), job.track()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byTrack.values().stream()
        .flatMap(
            jobs ->
                jobs.stream()
                    .flatMap(job -> job.reports().stream().map(report -> shown(job, report)))
                    .sorted(Comparator.comparing(StoredAnalysis::isAbsent)))
        .toList();
  }

  private static boolean isAbsent(MediaReport shown) {
    return shown.report().reason() == Reason.NOT_INSTALLED;
  }

  private static MediaReport shown(JobReports job, DetectorReport report) {
    return new MediaReport(job.mediaId(), job.endpoint(), job.track(), job.compute(), report);
  }

  /**
   * Reports by medium and track, in the order of the post; within a track resolution comes first,
   * then the jobs in the planned order.
   */
  private List<JobReports> inJobOrder() {
    List<List<String>> order =
        resolved.map(ResolvedMedia::jobs).orElse(List.of()).stream()
            .map(job -> List.of(job.media().id(), job.endpoint()))
            .toList();
    List<List<Object>> tracks =
        resolved.map(ResolvedMedia::media).orElse(List.of()).stream()
            .flatMap(
                medium ->
                    medium.tracks().stream().map(track -> List.<Object>of(medium.id(), track)))
            .toList();
    return Stream.concat(
            ofResolution(),
            Judged.replaced(resolved.map(ResolvedMedia::jobs).orElse(List.of()), reports).stream()
                .sorted(
                    Comparator.comparingInt(
                        job -> order.indexOf(List.of(job.mediaId(), job.endpoint())))))
        // The sort is stable: within a track, resolution comes first.
        .sorted(Comparator.comparingInt(job -> tracks.indexOf(List.of(job.mediaId(), job.track()))))
        .toList();
  }

  private Stream<JobReports> ofResolution() {
    return resolved.stream().flatMap(media -> media.reports().stream());
  }

  private Optional<MediaProvenance> provenance(String mediaId) {
    return evidence().provenance(mediaId).map(found -> new MediaProvenance(mediaId, found));
  }

  private Timings timings() {
    Instant began = resolvingAt.orElse(null);
    Instant resolvedAt = resolved.map(ResolvedMedia::resolvedAt).orElse(null);
    Instant detectedAt =
        resolved.isPresent() && evidence().underWay().isEmpty()
            ? reports.stream()
                .map(JobReports::finishedAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null)
            : null;
    Instant endedAt = outcome.map(AnalysisOutcome::endedAt).orElse(null);
    Instant votedAt = outcome.map(AnalysisOutcome::verdict).isPresent() ? endedAt : null;
    return new Timings(
        millis(request.createdAt(), began),
        millis(began, resolvedAt),
        millis(resolvedAt, detectedAt),
        millis(detectedAt, votedAt),
        millis(request.createdAt(), endedAt));
  }

  /**
   * Milliseconds between two instants, at least 0: the clocks of different machines may differ a
   * little.
   */
  private static Long millis(Instant from, Instant to) {
    return from == null || to == null ? null : Math.max(0, Duration.between(from, to).toMillis());
  }
}
