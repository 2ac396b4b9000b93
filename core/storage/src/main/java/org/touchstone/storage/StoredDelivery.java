package org.touchstone.storage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.webhook.Attempt;
import org.touchstone.domain.webhook.Delivery;
import org.touchstone.domain.webhook.DeliveryStatus;
import org.touchstone.domain.webhook.EventType;

/**
 * The delivery of an event to a webhook, as it is stored.
 *
 * @param id the event's id
 * @param accountId whose webhook
 * @param webhookId the webhook
 * @param type what happened
 * @param subject id of the thing that it happened to
 * @param url the address that the message is posted to
 * @param body the message, the same for every attempt; absent when it was deleted
 * @param receivers ids of all webhooks that are told of the event, this one among them
 * @param status how far it is
 * @param createdAt when it was first due
 * @param since when the day began for which attempts are made: later than createdAt when the
 *     account asked for another attempt
 * @param nextAt when the next attempt is due
 * @param claimedAt when the attempt that is under way began; absent without one
 * @param attempts the attempts so far, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredDelivery(
    String id,
    String accountId,
    String webhookId,
    EventType type,
    String subject,
    String url,
    String body,
    List<String> receivers,
    DeliveryStatus status,
    Instant createdAt,
    Instant since,
    Instant nextAt,
    Instant claimedAt,
    List<Attempt> attempts) {
  /** Attempts of which the record is kept: those of a few days. */
  private static final int MAX_ATTEMPTS = 60;

  public StoredDelivery {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(webhookId, "webhookId");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(status, "status");
    receivers = List.copyOf(receivers);
    attempts = List.copyOf(attempts);
  }

  /** Whether an attempt is due or under way. */
  public boolean isPending() {
    return status == DeliveryStatus.PENDING;
  }

  /** Whether the account may ask for another attempt. */
  public boolean mayBeRetried() {
    return body != null && attempts.size() < MAX_ATTEMPTS;
  }

  /** A copy whose next attempt is under way. */
  public StoredDelivery claimed(Instant at) {
    return with(status, since, nextAt, at, attempts);
  }

  /** A copy with the outcome of an attempt, after which another follows. */
  public StoredDelivery failedOnce(Attempt attempt, Instant next) {
    return with(DeliveryStatus.PENDING, since, next, null, plus(attempt));
  }

  /** A copy with the outcome of an attempt, after which none follows. */
  public StoredDelivery settled(Attempt attempt, DeliveryStatus end) {
    return with(end, since, nextAt, null, plus(attempt));
  }

  /** A copy after which no attempt follows. */
  public StoredDelivery settled(DeliveryStatus end) {
    return with(end, since, nextAt, null, attempts);
  }

  /** A copy that is attempted again from an instant on, for another day. */
  public StoredDelivery retried(Instant now) {
    return with(DeliveryStatus.PENDING, now, now, null, attempts);
  }

  /** A copy of which the attempt that was under way counts as one without a known outcome. */
  public StoredDelivery withLostAttempt() {
    return with(
        status,
        since,
        nextAt,
        null,
        plus(new Attempt(claimedAt, null, null, ProblemType.INTERNAL)));
  }

  /** A copy without the message, which tells about an analysis. */
  StoredDelivery withoutBody() {
    return new StoredDelivery(
        id, accountId, webhookId, type, subject, url, null, receivers, status, createdAt, since,
        nextAt, claimedAt, attempts);
  }

  private List<Attempt> plus(Attempt attempt) {
    List<Attempt> more = new ArrayList<>(attempts);
    more.add(attempt);
    return more;
  }

  private StoredDelivery with(
      DeliveryStatus newStatus, Instant from, Instant next, Instant claim, List<Attempt> made) {
    return new StoredDelivery(
        id, accountId, webhookId, type, subject, url, body, receivers, newStatus, createdAt, from,
        next, claim, made);
  }

  /** The delivery as the API shows it. */
  public Delivery view() {
    return new Delivery(
        id, type, subject, status, createdAt, isPending() ? nextAt : null, attempts);
  }
}
