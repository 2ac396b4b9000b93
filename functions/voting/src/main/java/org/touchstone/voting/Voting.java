package org.touchstone.voting;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnsembleDetector;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Outcome;
import org.touchstone.domain.Problem;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.voting.Annotations;
import org.touchstone.domain.voting.MediaEvidence;
import org.touchstone.domain.voting.TrackReport;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.domain.workflow.JobOutcome;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.UsageLedger;
import org.touchstone.storage.UsageRecord;

/**
 * Ends an analysis: by a vote over what its detectors reported, or as failed. Whatever happens
 * twice or at once, the first outcome stored is the only one, and one analysis is billed at most
 * once.
 */
public final class Voting {
  private static final Logger LOG = Logger.getLogger(Voting.class);

  private final AnalysisStore analyses;
  private final UsageLedger usage;
  private final Policies policies;
  private final InstantSource clock;
  private final OutcomeMetrics metrics;

  public Voting(
      AnalysisStore analyses,
      UsageLedger usage,
      Policies policies,
      InstantSource clock,
      OutcomeMetrics metrics) {
    this.analyses = analyses;
    this.usage = usage;
    this.policies = policies;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Votes, stores the verdict and records the usage.
   *
   * @throws IllegalStateException when the analysis was never resolved, which a retry cannot cure
   */
  public AnalysisEnded vote(String analysisId, List<JobOutcome> jobs) {
    AnalysisRequest request = request(analysisId);
    ResolvedMedia resolved =
        analyses
            .media(analysisId)
            .orElseThrow(() -> new IllegalStateException("not resolved: " + analysisId));
    Outcome outcome =
        analyses
            .outcome(analysisId)
            .orElseGet(
                () ->
                    save(
                        analysisId,
                        new Outcome(verdict(analysisId, resolved, jobs), null, clock.instant())));
    bill(request, outcome);
    return ended(request, outcome);
  }

  /** Records that an analysis failed, unless it has ended already. Failures are not billed. */
  public AnalysisEnded fail(String analysisId, Problem problem) {
    AnalysisRequest request = request(analysisId);
    Outcome outcome = save(analysisId, new Outcome(null, problem, clock.instant()));
    // A vote may have stored its verdict and failed after that.
    bill(request, outcome);
    return ended(request, outcome);
  }

  private Outcome save(String analysisId, Outcome outcome) {
    Outcome saved = analyses.saveOutcome(analysisId, outcome);
    // The store answers with this very one when there was none before.
    if (saved == outcome) {
      metrics.ended(analysisId);
    }
    return saved;
  }

  private Verdict verdict(String analysisId, ResolvedMedia resolved, List<JobOutcome> outcomes) {
    Map<JobKey, JobReports> reported = new HashMap<>();
    for (JobReports reports : analyses.reports(analysisId)) {
      reported.put(new JobKey(reports.mediaId(), reports.endpoint()), reports);
    }
    Map<JobKey, String> errors = new HashMap<>();
    for (JobOutcome outcome : outcomes) {
      if (outcome.error() != null) {
        errors.put(new JobKey(outcome.mediaId(), outcome.endpoint()), outcome.error());
      }
    }
    Map<String, List<TrackReport>> byMedium = new LinkedHashMap<>();
    for (Job job : resolved.jobs()) {
      JobKey key = new JobKey(job.media().id(), job.endpoint());
      if (!reported.containsKey(key)) {
        Set<String> heard = detectors(reported.values(), job);
        reported.put(key, lost(analysisId, job, errors.get(key), heard));
      }
      JobReports reports = reported.get(key);
      List<TrackReport> ofMedium = byMedium.computeIfAbsent(key.mediaId(), m -> new ArrayList<>());
      reports.reports().forEach(report -> ofMedium.add(new TrackReport(job.track(), report)));
    }
    return policies
        .current()
        .vote(
            resolved.media().stream()
                .map(
                    item ->
                        new MediaEvidence(
                            item,
                            byMedium.getOrDefault(item.id(), List.of()),
                            Set.of(),
                            Annotations.NONE))
                .toList());
  }

  /** Those that reported on a job's track, at whatever endpoint. */
  private static Set<String> detectors(Collection<JobReports> reported, Job job) {
    return reported.stream()
        .filter(r -> r.mediaId().equals(job.media().id()) && r.track() == job.track())
        .flatMap(reports -> reports.reports().stream())
        .map(DetectorReport::detector)
        .collect(Collectors.toSet());
  }

  /**
   * What the detectors of a job that never reported are taken to have said; stored as theirs.
   *
   * @param heard detectors that reported from another endpoint, and so do not run at this one
   */
  private JobReports lost(String analysisId, Job job, String error, Set<String> heard) {
    LOG.warnf(
        "analysis %s: job %s/%s gave no reports: %s",
        analysisId, job.media().id(), job.endpoint(), error);
    Reason reason =
        switch (error == null ? "" : error) {
          case "States.Timeout", "States.HeartbeatTimeout" -> Reason.TIMEOUT;
          case EndLostJobHandler.WORKER_LOST -> Reason.WORKER_LOST;
          default -> Reason.ERROR;
        };
    JobReports reports =
        new JobReports(
            analysisId,
            job.media().id(),
            job.endpoint(),
            job.track(),
            EnsembleDetector.of(job.track()).stream()
                .filter(detector -> !heard.contains(detector.name()))
                .map(d -> DetectorReport.failed(d.name(), null, d.category(), reason, null))
                .toList(),
            null,
            null,
            null);
    analyses.saveReports(reports);
    return reports;
  }

  private void bill(AnalysisRequest request, Outcome outcome) {
    if (outcome.verdict() != null) {
      List<MediaItem> media = analyses.media(request.id()).orElseThrow().media();
      usage.record(usageOf(request, media, outcome));
    }
  }

  private static UsageRecord usageOf(
      AnalysisRequest request, List<MediaItem> media, Outcome outcome) {
    int images = 0;
    int videos = 0;
    int audios = 0;
    double seconds = 0;
    for (MediaItem item : media) {
      switch (item.modality()) {
        case IMAGE -> images++;
        case VIDEO -> videos++;
        case AUDIO -> audios++;
      }
      seconds += item.durationSeconds() == null ? 0 : item.durationSeconds();
    }
    return new UsageRecord(
        request.id(), request.keyId(), outcome.endedAt(), images, videos, audios, seconds);
  }

  private record JobKey(String mediaId, String endpoint) {}

  private AnalysisRequest request(String analysisId) {
    return analyses
        .request(analysisId)
        .orElseThrow(() -> new IllegalStateException("no such analysis: " + analysisId));
  }

  private static AnalysisEnded ended(AnalysisRequest request, Outcome outcome) {
    Verdict verdict = outcome.verdict();
    return new AnalysisEnded(
        request.id(),
        request.keyId(),
        outcome.status(),
        verdict == null ? null : verdict.level(),
        verdict == null ? null : verdict.confidence(),
        outcome.error());
  }
}
