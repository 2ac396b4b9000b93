package org.touchstone.acceptance;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.touchstone.billing.Spending;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.storage.AnalysisDeletion.Settlement;
import org.touchstone.storage.AnalysisStore;

/**
 * Settles what an analysis owes before it is deleted. Its usage stays, also if the vote died
 * between its verdict and its bill. One that has not ended is ended first, so that no vote can
 * follow: then what has a score so far is billed, because its account may have read it, and without
 * a score what was reserved is released.
 */
final class DeletionSettlement implements Settlement {
  private final AnalysisStore analyses;
  private final Spending spending;
  private final InstantSource clock;

  DeletionSettlement(AnalysisStore analyses, Spending spending, InstantSource clock) {
    this.analyses = analyses;
    this.spending = spending;
    this.clock = clock;
  }

  @Override
  public void settle(
      AnalysisRequest request, Optional<ResolvedMedia> media, Optional<AnalysisOutcome> outcome) {
    AnalysisOutcome ended = outcome.orElseGet(() -> end(request.id()));
    // What was read before the end may lack what was stored until then.
    Optional<ResolvedMedia> found = outcome.isPresent() ? media : analyses.media(request.id());
    List<MediaItem> items = found.map(ResolvedMedia::media).orElse(List.of());
    if (Spending.isAbandoned(ended)) {
      spending.abandoned(request, items, scored(request.id(), found), ended.endedAt());
    } else {
      spending.end(request, () -> items, ended);
    }
  }

  /** The outcome that counts: a vote may have been first. */
  private AnalysisOutcome end(String id) {
    return analyses.saveOutcome(
        id, new AnalysisOutcome(null, Problem.of(ProblemType.ANALYSIS_DELETED), clock.instant()));
  }

  private Set<String> scored(String id, Optional<ResolvedMedia> found) {
    List<JobReports> ofResolution = found.map(ResolvedMedia::reports).orElse(List.of());
    return Stream.concat(ofResolution.stream(), analyses.reports(id).stream())
        .filter(job -> job.reports().stream().anyMatch(report -> report.score() != null))
        .map(JobReports::mediaId)
        .collect(Collectors.toUnmodifiableSet());
  }
}
