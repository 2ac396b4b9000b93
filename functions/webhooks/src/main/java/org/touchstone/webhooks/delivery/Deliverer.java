package org.touchstone.webhooks.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.files.Sha256;
import org.touchstone.domain.link.WebLink;
import org.touchstone.domain.webhook.DeliveryStatus;
import org.touchstone.domain.webhook.DeliveryTask;
import org.touchstone.domain.webhook.SigningSecret;
import org.touchstone.domain.webhook.Webhook;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.Leases;
import org.touchstone.storage.StoredDelivery;
import org.touchstone.storage.WebhookStore;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;

/**
 * Makes one attempt to deliver an event, and has the next one made when it fails. The stored
 * delivery says how far it is; a message only asks to look at it. So a message may come twice, and
 * a worker may die anywhere: before the call, the attempt is marked as under way; after it, its
 * outcome is stored, and then the message for the next attempt is sent. A worker that dies between
 * call and record leaves the mark, and the attempt is repeated with the same id.
 */
public final class Deliverer {
  private static final Logger LOG = Logger.getLogger(Deliverer.class);
  private static final int GONE = 410;

  /**
   * Attempts at once to one server for one account, over all instances of the function, so that a
   * slow receiver leaves places for others.
   */
  static final int PER_RECEIVER = 4;

  /** By then an attempt has ended, and if its worker lives its outcome is stored. */
  private static final Duration ATTEMPT_LASTS = Duration.ofSeconds(45);

  /** Until a place of the receiver is free, or another worker has ended. */
  private static final Duration SOON = Duration.ofSeconds(3);

  private final WebhookStore webhooks;
  private final DeliveryStore deliveries;
  private final Leases leases;
  private final EventQueue events;
  private final Receiver receiver;
  private final Settlement settlement;
  private final Metrics metrics;
  private final InstantSource clock;

  /**
   * @param leases limits the attempts at once to one receiver
   * @param settlement told of deliveries after which no attempt follows
   */
  public Deliverer(
      WebhookStore webhooks,
      DeliveryStore deliveries,
      Leases leases,
      EventQueue events,
      Receiver receiver,
      Settlement settlement,
      Metrics metrics,
      InstantSource clock) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.leases = leases;
    this.events = events;
    this.receiver = receiver;
    this.settlement = settlement;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Does what a message asks for. When it throws, the message is to be handed over once more. */
  public void handle(DeliveryTask task) {
    Optional<DeliveryStore.Found> found =
        deliveries.find(task.accountId(), task.webhookId(), task.deliveryId());
    if (found.isEmpty()) {
      return;
    }
    StoredDelivery delivery = found.get().delivery();
    Instant now = clock.instant();
    if (!delivery.isPending()) {
      // Whoever ended it may have died before it told of that.
      settlement.settled(delivery);
    } else if (delivery.attempts().size() > task.attempts()) {
      // Whoever made this attempt may have died before it sent the message for the next one.
      sendNext(delivery, now);
    } else if (delivery.nextAt().isAfter(now)) {
      sendNext(delivery, now);
    } else if (isUnderWay(delivery, now)) {
      events.send(task, SOON);
    } else {
      attempt(found.get(), task, now);
    }
  }

  private static boolean isUnderWay(StoredDelivery delivery, Instant now) {
    return delivery.claimedAt() != null && now.isBefore(delivery.claimedAt().plus(ATTEMPT_LASTS));
  }

  private void sendNext(StoredDelivery delivery, Instant now) {
    events.send(
        new DeliveryTask(
            delivery.accountId(), delivery.webhookId(), delivery.id(), delivery.attempts().size()),
        Duration.between(now, delivery.nextAt()));
  }

  private void attempt(DeliveryStore.Found found, DeliveryTask task, Instant now) {
    StoredDelivery delivery = found.delivery();
    List<SigningSecret> secrets = secrets(delivery, now);
    if (secrets.isEmpty()) {
      end(delivery, stored -> stored.settled(DeliveryStatus.ENDED));
      return;
    }
    Optional<Leases.Lease> place =
        leases.takeSlot(group(delivery), PER_RECEIVER, PER_RECEIVER, ATTEMPT_LASTS);
    if (place.isEmpty()) {
      events.send(task, SOON);
      return;
    }
    try {
      StoredDelivery before = delivery.claimedAt() == null ? delivery : delivery.withLostAttempt();
      StoredDelivery claimed = before.claimed(now);
      if (deliveries.replace(found, claimed)) {
        record(claimed, receiver.post(claimed, secrets));
      } else {
        // Another worker has it, or the account changed it.
        events.send(task, SOON);
      }
    } finally {
      leases.release(place.get());
    }
  }

  /** The name of the places of a receiver's server. */
  private static String group(StoredDelivery delivery) {
    return "webhooks/" + Sha256.of(delivery.accountId() + " " + server(delivery));
  }

  /** None when the webhook was deleted or has ended. */
  private List<SigningSecret> secrets(StoredDelivery delivery, Instant now) {
    boolean ended =
        !delivery.webhookId().equals(Webhook.CALLBACKS)
            && webhooks
                .find(delivery.accountId(), delivery.webhookId())
                .filter(webhook -> webhook.endedAt() == null)
                .isEmpty();
    return ended ? List.of() : webhooks.secrets(delivery.accountId(), delivery.webhookId(), now);
  }

  /** The receiver's host and port. */
  private static String server(StoredDelivery delivery) {
    try {
      WebLink link = WebLink.parse(delivery.url());
      return link.host() + ":" + link.port();
    } catch (ProblemException e) {
      return "";
    }
  }

  private void record(StoredDelivery delivery, Receiver.Outcome outcome) {
    Instant now = clock.instant();
    log(delivery, outcome);
    if (outcome.attempt().isAccepted()) {
      end(delivery, stored -> stored.settled(outcome.attempt(), DeliveryStatus.DELIVERED));
      return;
    }
    if (Integer.valueOf(GONE).equals(outcome.attempt().status())) {
      webhooks.end(delivery.accountId(), delivery.webhookId(), now);
      end(delivery, stored -> stored.settled(outcome.attempt(), DeliveryStatus.ENDED));
      return;
    }
    Optional<Instant> next = Backoff.next(delivery, now, outcome.retryAfter());
    if (next.isEmpty()) {
      metrics.count(Metric.DEAD_WEBHOOKS);
      end(delivery, stored -> stored.settled(outcome.attempt(), DeliveryStatus.FAILED));
      return;
    }
    change(delivery, stored -> stored.failedOnce(outcome.attempt(), next.get()))
        .ifPresent(stored -> sendNext(stored, now));
  }

  /** The address may hold a secret of the receiver: only its server is written. */
  private static void log(StoredDelivery delivery, Receiver.Outcome outcome) {
    LOG.infof(
        "event %s to webhook %s at %s: %s after %s ms",
        delivery.id(),
        delivery.webhookId(),
        server(delivery),
        outcome.attempt().status() == null
            ? outcome.attempt().error().code()
            : outcome.attempt().status(),
        outcome.attempt().millis());
  }

  private void end(StoredDelivery delivery, UnaryOperator<StoredDelivery> change) {
    change(delivery, change).ifPresent(settlement::settled);
  }

  private Optional<StoredDelivery> change(
      StoredDelivery delivery, UnaryOperator<StoredDelivery> change) {
    return deliveries.update(delivery.accountId(), delivery.webhookId(), delivery.id(), change);
  }
}
