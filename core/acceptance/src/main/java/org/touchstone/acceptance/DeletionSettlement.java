package org.touchstone.acceptance;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.touchstone.billing.Spending;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.storage.AnalysisDeletion.Settlement;

/**
 * Settles what an analysis owes before it is deleted. Its usage stays, also if the vote died
 * between its verdict and its bill; what was reserved for one that has not ended is released.
 */
final class DeletionSettlement implements Settlement {
  private final Spending spending;
  private final InstantSource clock;

  DeletionSettlement(Spending spending, InstantSource clock) {
    this.spending = spending;
    this.clock = clock;
  }

  @Override
  public void settle(
      AnalysisRequest request, Optional<ResolvedMedia> media, Optional<AnalysisOutcome> outcome) {
    AnalysisOutcome ended =
        outcome.orElseGet(
            () ->
                new AnalysisOutcome(
                    null, Problem.of(ProblemType.ANALYSIS_DELETED), clock.instant()));
    spending.end(request, () -> media.map(ResolvedMedia::media).orElse(List.of()), ended);
  }
}
