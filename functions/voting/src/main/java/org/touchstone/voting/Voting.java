package org.touchstone.voting;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.billing.Spending;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Reason;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Roster;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.voting.AnalysisEvidence;
import org.touchstone.domain.voting.AnalysisEvidence.Pending;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.domain.workflow.JobOutcome;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.PeoplesDecisions;
import org.touchstone.storage.Policies;
import org.touchstone.storage.Tombstone;

/**
 * Ends an analysis, either by a vote over its detectors' reports or as failed. Even with repeated
 * or concurrent calls, only the first outcome is stored, and an analysis is billed at most once.
 */
public final class Voting {
  private static final Logger LOG = Logger.getLogger(Voting.class);

  private final AnalysisStore analyses;
  private final Spending spending;
  private final Policies policies;
  private final PeoplesDecisions people;
  private final InstantSource clock;
  private final OutcomeMetrics metrics;

  public Voting(
      AnalysisStore analyses,
      Spending spending,
      Policies policies,
      PeoplesDecisions people,
      InstantSource clock,
      OutcomeMetrics metrics) {
    this.analyses = analyses;
    this.spending = spending;
    this.policies = policies;
    this.people = people;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Votes, stores the verdict and records the usage. Does nothing for an analysis that was deleted.
   *
   * @throws IllegalStateException when the analysis was never resolved, which a retry cannot cure
   */
  public AnalysisEnded vote(String analysisId, List<JobOutcome> jobs) {
    Optional<AnalysisRequest> stored = analyses.request(analysisId);
    if (stored.isEmpty()) {
      return deleted(analysisId);
    }
    AnalysisRequest request = stored.get();
    ResolvedMedia resolved =
        analyses
            .media(analysisId)
            .orElseThrow(() -> new IllegalStateException("not resolved: " + analysisId));
    AnalysisOutcome outcome =
        analyses
            .outcome(analysisId)
            .orElseGet(
                () ->
                    save(
                        analysisId,
                        new AnalysisOutcome(
                            verdict(analysisId, resolved, jobs), null, clock.instant())));
    spending.end(request, resolved::media, outcome);
    analyses.listAsEnded(request, Optional.of(resolved), outcome);
    return people.ended(request.accountId(), request.keyId(), request.id(), outcome);
  }

  /**
   * Records an analysis as failed, unless it has already ended or was deleted. Failures are not
   * billed.
   */
  public AnalysisEnded fail(String analysisId, Problem problem) {
    Optional<AnalysisRequest> stored = analyses.request(analysisId);
    if (stored.isEmpty()) {
      return deleted(analysisId);
    }
    AnalysisRequest request = stored.get();
    AnalysisOutcome outcome = save(analysisId, new AnalysisOutcome(null, problem, clock.instant()));
    // A vote may have stored its verdict and then failed.
    spending.end(request, () -> analyses.media(analysisId).orElseThrow().media(), outcome);
    analyses.listAsEnded(request, analyses.media(analysisId), outcome);
    return people.ended(request.accountId(), request.keyId(), request.id(), outcome);
  }

  private AnalysisOutcome save(String analysisId, AnalysisOutcome outcome) {
    AnalysisOutcome saved = analyses.saveOutcome(analysisId, outcome);
    // The store returns this outcome itself when it is the first.
    if (saved == outcome) {
      metrics.ended(analysisId);
    }
    return saved;
  }

  private Verdict verdict(String analysisId, ResolvedMedia resolved, List<JobOutcome> outcomes) {
    List<JobReports> reported = analyses.reports(analysisId);
    List<JobReports> all = new ArrayList<>(reported);
    for (Pending lost : new AnalysisEvidence(resolved, reported).pending()) {
      all.add(lost(lost, error(lost.job(), outcomes), resolved.roster()));
    }
    return policies.current().vote(new AnalysisEvidence(resolved, all).media());
  }

  /** The error that ended a job; null when the workflow saw no error. */
  private static String error(Job job, List<JobOutcome> outcomes) {
    return outcomes.stream()
        .filter(o -> o.error() != null)
        .filter(o -> job.media().id().equals(o.mediaId()) && job.endpoint().equals(o.endpoint()))
        .map(JobOutcome::error)
        .findFirst()
        .orElse(null);
  }

  /** Reports for the detectors of a job that did not report; stored as their own. */
  private JobReports lost(Pending lost, String error, Roster roster) {
    Job job = lost.job();
    LOG.warnf(
        "analysis %s: job %s/%s gave no reports: %s",
        job.analysisId(), job.media().id(), job.endpoint(), error);
    Reason reason =
        switch (error == null ? "" : error) {
          case "States.Timeout", "States.HeartbeatTimeout" -> Reason.TIMEOUT;
          case EndLostJobHandler.WORKER_LOST -> Reason.WORKER_LOST;
          default -> Reason.ERROR;
        };
    JobReports reports =
        JobReports.ofLost(
            job,
            roster.lane(job.endpoint()).orElse(null),
            lost.detectors().stream()
                .map(
                    d ->
                        DetectorReport.failed(
                            d.name(), d.modelVersion(), d.category(), reason, null))
                .toList());
    analyses.saveReports(reports);
    return reports;
  }

  /** The end of an analysis that was deleted while its workflow went on. */
  private AnalysisEnded deleted(String analysisId) {
    Tombstone tombstone =
        analyses
            .tombstone(analysisId)
            .orElseThrow(() -> new IllegalStateException("no analysis with this id is stored"));
    LOG.infof("analysis %s was deleted", analysisId);
    return new AnalysisEnded(
        analysisId,
        tombstone.accountId(),
        tombstone.keyId(),
        AnalysisStatus.FAILED,
        null,
        null,
        Problem.of(ProblemType.ANALYSIS_DELETED));
  }
}
