package org.touchstone.webhooks.events;

import java.util.Optional;
import java.util.function.Supplier;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.webhook.AnalysisData;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.PeoplesDecisions;

/** Makes the event of an analysis that has ended, from what is stored of it. */
public final class AnalysisEvents {
  private final AnalysisStore analyses;
  private final PeoplesDecisions people;
  private final Supplier<String> publicUrl;

  /**
   * @param people whose levels hold, as the API shows them
   * @param publicUrl gives the address of the API, for links; asked for each link, because one
   *     machine knows its port only when it serves the API
   */
  public AnalysisEvents(
      AnalysisStore analyses, PeoplesDecisions people, Supplier<String> publicUrl) {
    this.analyses = analyses;
    this.people = people;
    this.publicUrl = publicUrl;
  }

  /**
   * An analysis' event.
   *
   * @param callbackUrl the address that its request named; absent without one
   */
  public record Found(WebhookEvent event, String callbackUrl) {}

  /**
   * The event of an analysis.
   *
   * @return empty when the analysis does not exist, or not any more
   * @throws NotEndedException when its end is not stored yet
   */
  public Optional<Found> of(String analysisId) throws NotEndedException {
    Optional<AnalysisRequest> request = analyses.request(analysisId);
    if (request.isEmpty()) {
      return Optional.empty();
    }
    AnalysisOutcome outcome = analyses.outcome(analysisId).orElseThrow(NotEndedException::new);
    return Optional.of(new Found(event(request.get(), outcome), request.get().callbackUrl()));
  }

  private WebhookEvent event(AnalysisRequest request, AnalysisOutcome outcome) {
    AnalysisEnded end = people.ended(request.accountId(), request.keyId(), request.id(), outcome);
    return WebhookEvent.of(
        outcome.verdict() == null ? EventType.ANALYSIS_FAILED : EventType.ANALYSIS_COMPLETED,
        request.accountId(),
        request.id(),
        outcome.endedAt(),
        new AnalysisData(
            request.id(),
            outcome.status(),
            end.level(),
            end.confidence(),
            outcome.error(),
            request.batch() == null ? null : request.batch().batchId(),
            address(publicUrl.get(), request.id())));
  }

  private static String address(String api, String id) {
    return api + (api.endsWith("/") ? "" : "/") + "v1/analyses/" + id;
  }
}
