package org.touchstone.webhooks.delivery;

import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.StoredDelivery;

/**
 * Records that an analysis' end was delivered, once no receiver awaits it any more; an analysis
 * that is not to be kept may be deleted then.
 */
public final class Settlement {
  private final AnalysisStore analyses;
  private final DeliveryStore deliveries;
  private final InstantSource clock;

  public Settlement(AnalysisStore analyses, DeliveryStore deliveries, InstantSource clock) {
    this.analyses = analyses;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /** Looks at the deliveries to all receivers of an event of which one has been settled. */
  void settled(StoredDelivery delivery) {
    boolean isOfAnalysis =
        delivery.type() == EventType.ANALYSIS_COMPLETED
            || delivery.type() == EventType.ANALYSIS_FAILED;
    if (!isOfAnalysis || delivery.receivers().stream().anyMatch(id -> isAwaited(delivery, id))) {
      return;
    }
    boolean isForgotten =
        analyses.request(delivery.subject()).filter(AnalysisRequest::endsSoon).isPresent();
    if (isForgotten) {
      delivery
          .receivers()
          .forEach(id -> deliveries.forgetBody(delivery.accountId(), id, delivery.id()));
    }
    analyses.markDelivered(delivery.subject(), clock.instant());
  }

  /** Whether a receiver is yet to be told; also when its delivery is not made yet. */
  private boolean isAwaited(StoredDelivery delivery, String webhookId) {
    Optional<StoredDelivery> other =
        deliveries
            .find(delivery.accountId(), webhookId, delivery.id())
            .map(DeliveryStore.Found::delivery);
    return other.isEmpty() || other.get().isPending();
  }
}
