package org.touchstone.intake.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.webhook.Delivery;
import org.touchstone.domain.webhook.DeliveryTask;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.Webhook;
import org.touchstone.domain.webhook.WebhookAddress;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.Ids;
import org.touchstone.storage.StoredDelivery;
import org.touchstone.storage.WebhookStore;

/** Manages the webhooks of accounts. */
public final class WebhookService {
  private static final int MAX_DESCRIPTION = 200;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final WebhookStore webhooks;
  private final DeliveryStore deliveries;
  private final EventQueue events;
  private final boolean allowPrivate;
  private final InstantSource clock;
  private final RandomGenerator random;

  /**
   * @param allowPrivate whether loopback addresses may be told, unencrypted
   * @param random a source of ids
   */
  public WebhookService(
      WebhookStore webhooks,
      DeliveryStore deliveries,
      EventQueue events,
      boolean allowPrivate,
      InstantSource clock,
      RandomGenerator random) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.events = events;
    this.allowPrivate = allowPrivate;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a webhook.
   *
   * @param types what it is told of; null or empty for all
   * @param description null for none
   * @throws ProblemException when it is not valid, or the account has too many
   */
  WebhookStore.NewSecret create(
      String accountId, String url, Set<EventType> types, String description) {
    if (types != null && types.stream().anyMatch(type -> type == null || !type.isSubscribable())) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "webhook.test is not an event to ask for.");
    }
    if (description != null
        && (description.isBlank()
            || description.length() > MAX_DESCRIPTION
            || CONTROL.matcher(description).find())) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID,
          "A description has 1 to " + MAX_DESCRIPTION + " characters, and no control characters.");
    }
    return webhooks.create(
        accountId,
        WebhookAddress.parse(url, allowPrivate).toString(),
        types == null ? Set.of() : types,
        description,
        clock.instant());
  }

  List<Webhook> list(String accountId) {
    return webhooks.list(accountId);
  }

  Webhook delete(String accountId, String id) {
    return webhooks
        .delete(accountId, id)
        .orElseThrow(() -> new ProblemException(ProblemType.WEBHOOK_NOT_FOUND));
  }

  WebhookStore.NewSecret rotate(String accountId, String id, Duration overlap) {
    return webhooks
        .rotate(accountId, id, clock.instant(), overlap)
        .orElseThrow(() -> new ProblemException(ProblemType.WEBHOOK_NOT_FOUND));
  }

  /**
   * Sends an event without a meaning.
   *
   * @return the id of its delivery
   */
  String test(String accountId, String id) {
    Webhook webhook = active(accountId, id);
    if (webhook.isOfCallbacks()) {
      throw new ProblemException(
          ProblemType.REQUEST_INVALID, "Callbacks have no address of their own to send a test to.");
    }
    Instant now = clock.instant();
    WebhookEvent event =
        WebhookEvent.of(
            EventType.WEBHOOK_TEST,
            accountId,
            Ids.analysisId(now, random),
            now,
            Map.of("webhookId", id));
    events.send(event);
    return event.id();
  }

  DeliveryStore.Page deliveries(String accountId, String id, String cursor, int limit) {
    if (!id.equals(Webhook.CALLBACKS)) {
      found(accountId, id);
    }
    return deliveries.list(accountId, id, cursor, limit);
  }

  /** Has a delivery attempted now, and for another day. */
  Delivery retry(String accountId, String id, String deliveryId) {
    Instant now = clock.instant();
    active(accountId, id);
    StoredDelivery changed =
        deliveries
            .update(accountId, id, deliveryId, delivery -> retried(delivery, now))
            .orElseThrow(() -> new ProblemException(ProblemType.DELIVERY_NOT_FOUND));
    events.send(
        new DeliveryTask(accountId, id, deliveryId, changed.attempts().size()), Duration.ZERO);
    return changed.view();
  }

  private static StoredDelivery retried(StoredDelivery delivery, Instant now) {
    if (!delivery.mayBeRetried()) {
      throw new ProblemException(
          ProblemType.DELIVERY_NOT_REPEATABLE,
          "This delivery was attempted too often, or its message is deleted.");
    }
    return delivery.retried(now);
  }

  private Webhook active(String accountId, String id) {
    Webhook webhook = found(accountId, id);
    if (webhook.endedAt() != null) {
      throw new ProblemException(ProblemType.WEBHOOK_ENDED);
    }
    return webhook;
  }

  private Webhook found(String accountId, String id) {
    return webhooks
        .find(accountId, id)
        .orElseThrow(() -> new ProblemException(ProblemType.WEBHOOK_NOT_FOUND));
  }
}
