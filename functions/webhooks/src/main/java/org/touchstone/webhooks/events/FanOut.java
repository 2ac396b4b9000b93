package org.touchstone.webhooks.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.touchstone.domain.Json;
import org.touchstone.domain.webhook.DeliveryStatus;
import org.touchstone.domain.webhook.DeliveryTask;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.Webhook;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.domain.webhook.WebhookMessage;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.StoredDelivery;
import org.touchstone.storage.WebhookStore;

/**
 * Makes the deliveries of an event, one for each receiver, and has each attempted by a message of
 * its own. An event that comes again finds its deliveries made; what an interrupted first call left
 * out is added.
 */
public final class FanOut {
  private final WebhookStore webhooks;
  private final DeliveryStore deliveries;
  private final EventQueue events;
  private final InstantSource clock;

  public FanOut(
      WebhookStore webhooks, DeliveryStore deliveries, EventQueue events, InstantSource clock) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Makes the deliveries.
   *
   * @param callbackUrl an address that is told of this event only; null for none
   */
  public void deliver(WebhookEvent event, String callbackUrl) {
    Map<String, String> receivers = receivers(event);
    if (callbackUrl != null) {
      receivers.put(Webhook.CALLBACKS, callbackUrl);
    }
    String body = Json.string(WebhookMessage.of(event));
    List<String> ids = List.copyOf(receivers.keySet());
    Instant now = clock.instant();
    receivers.forEach(
        (id, url) -> {
          StoredDelivery delivery =
              deliveries.create(
                  new StoredDelivery(
                      event.id(),
                      event.accountId(),
                      id,
                      event.type(),
                      event.subject(),
                      url,
                      body,
                      ids,
                      DeliveryStatus.PENDING,
                      now,
                      now,
                      now,
                      null,
                      List.of()));
          if (delivery.isPending() && delivery.attempts().isEmpty()) {
            events.send(new DeliveryTask(event.accountId(), id, event.id(), 0), Duration.ZERO);
          }
        });
  }

  /** Addresses by the ids of the webhooks that are told of an event. */
  private Map<String, String> receivers(WebhookEvent event) {
    Map<String, String> receivers = new LinkedHashMap<>();
    if (event.type() == EventType.WEBHOOK_TEST) {
      webhooks
          .find(event.accountId(), event.data().path("webhookId").asText())
          .filter(webhook -> webhook.endedAt() == null && webhook.url() != null)
          .ifPresent(webhook -> receivers.put(webhook.id(), webhook.url()));
    } else {
      webhooks.list(event.accountId()).stream()
          .filter(webhook -> webhook.isToldOf(event.type()))
          .forEach(webhook -> receivers.put(webhook.id(), webhook.url()));
    }
    return receivers;
  }
}
