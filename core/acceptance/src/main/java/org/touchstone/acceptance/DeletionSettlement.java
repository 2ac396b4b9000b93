package org.touchstone.acceptance;

import java.util.Optional;
import org.touchstone.billing.Billing;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.storage.AnalysisDeletion.Settlement;

/**
 * Settles what an analysis owes before it is deleted: its usage stays, also if the vote died
 * between its verdict and its bill.
 */
final class DeletionSettlement implements Settlement {
  private final Billing billing;

  DeletionSettlement(Billing billing) {
    this.billing = billing;
  }

  @Override
  public void settle(
      AnalysisRequest request, Optional<ResolvedMedia> media, Optional<AnalysisOutcome> outcome) {
    outcome
        .filter(ended -> ended.verdict() != null)
        .ifPresent(ended -> media.ifPresent(found -> billing.bill(request, found.media(), ended)));
  }
}
