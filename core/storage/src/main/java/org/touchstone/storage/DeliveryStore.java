package org.touchstone.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.touchstone.domain.Json;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.domain.webhook.Webhook;
import org.touchstone.domain.webhook.WebhookEvent;

/** The deliveries of events to webhooks: one record for each event and webhook. */
public final class DeliveryStore {
  /** Maximum number of deliveries on one page of {@link #list}. */
  public static final int MAX_PAGE = Entries.MAX_PAGE;

  private static final String JSON = "application/json";
  private static final Pattern CURSOR = Pattern.compile("[0-9]{15}-(evt_[0-9a-f]{32})");

  private final ObjectStore objects;

  public DeliveryStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * A delivery as it was read.
   *
   * @param eTag the version that was read
   */
  public record Found(StoredDelivery delivery, String eTag) {}

  /**
   * A page of deliveries, newest first.
   *
   * @param nextCursor the cursor of the next page; absent on the last
   */
  public record Page(List<StoredDelivery> deliveries, String nextCursor) {
    public Page {
      deliveries = List.copyOf(deliveries);
    }
  }

  /**
   * Stores a delivery, once for its event and webhook, and lists it. Another call after a crash
   * completes an interrupted first call.
   *
   * @return the stored delivery, possibly that of an earlier call
   */
  public StoredDelivery create(StoredDelivery delivery) {
    String key = key(delivery);
    StoredDelivery stored =
        objects.createIfAbsent(key, Json.bytes(delivery), JSON)
            ? delivery
            : find(delivery.accountId(), delivery.webhookId(), delivery.id())
                .map(Found::delivery)
                .orElseThrow(() -> new NoSuchObjectException(key));
    objects.put(
        WebhookKeys.listedDelivery(
            stored.accountId(), stored.webhookId(), stored.createdAt(), stored.id()),
        new byte[0],
        "text/plain");
    return stored;
  }

  /** A delivery; empty when there is none of these ids. */
  public Optional<Found> find(String accountId, String webhookId, String id) {
    return areIds(accountId, webhookId, id)
        ? objects
            .read(WebhookKeys.delivery(accountId, webhookId, id))
            .map(o -> new Found(Json.read(o.body(), StoredDelivery.class), o.eTag()))
        : Optional.empty();
  }

  /**
   * Replaces a delivery unless it changed since it was read.
   *
   * @return whether this call replaced it
   */
  public boolean replace(Found read, StoredDelivery changed) {
    return objects.replace(key(changed), Json.bytes(changed), JSON, read.eTag());
  }

  /**
   * Changes a delivery, whoever else changes it.
   *
   * @param change may be called several times
   * @return the delivery after the change; empty when there is none
   */
  public Optional<StoredDelivery> update(
      String accountId, String webhookId, String id, UnaryOperator<StoredDelivery> change) {
    return areIds(accountId, webhookId, id)
        ? objects.update(
            WebhookKeys.delivery(accountId, webhookId, id), StoredDelivery.class, change)
        : Optional.empty();
  }

  /**
   * A webhook's deliveries, newest first.
   *
   * @param cursor {@link Page#nextCursor} of the page before; null for the first page
   * @param limit maximum number of deliveries, 1 to {@link #MAX_PAGE}
   * @throws ProblemException {@link ProblemType#REQUEST_INVALID} when the cursor or the limit is
   *     not valid
   */
  public Page list(String accountId, String webhookId, String cursor, int limit) {
    Entries page =
        Entries.read(
            objects, WebhookKeys.listedDeliveries(accountId, webhookId), CURSOR, cursor, limit);
    return new Page(
        Parallel.map(page.names(), name -> find(accountId, webhookId, name.group(1))).stream()
            .flatMap(Optional::stream)
            .map(Found::delivery)
            .toList(),
        page.nextCursor());
  }

  /**
   * All deliveries of which an attempt is due or under way. It reads every delivery, so it is for
   * one machine, whose queue does not outlive the process.
   */
  public List<StoredDelivery> pending() {
    List<String> keys =
        objects.list(WebhookKeys.WEBHOOKS).stream().filter(WebhookKeys::isDelivery).toList();
    return objects.readAll(keys).values().stream()
        .map(object -> Json.read(object.body(), StoredDelivery.class))
        .filter(StoredDelivery::isPending)
        .toList();
  }

  /** Deletes the message of a delivery that is done with, because its analysis is deleted. */
  public void forgetBody(String accountId, String webhookId, String id) {
    update(
        accountId,
        webhookId,
        id,
        delivery -> delivery.isPending() ? delivery : delivery.withoutBody());
  }

  /** Deletes what an account's webhooks were told of an analysis, once it has been delivered. */
  public void forget(String accountId, String analysisId) {
    String prefix = WebhookKeys.webhooks(accountId);
    Stream.concat(
            objects.list(prefix).stream()
                .map(key -> key.substring(prefix.length()).replace(".json", "")),
            Stream.of(Webhook.CALLBACKS))
        .distinct()
        .filter(WebhookKeys::isWebhookId)
        .forEach(
            webhookId ->
                Stream.of(EventType.ANALYSIS_COMPLETED, EventType.ANALYSIS_FAILED)
                    .map(type -> WebhookEvent.idOf(type, accountId, analysisId))
                    .forEach(eventId -> forgetBody(accountId, webhookId, eventId)));
  }

  private static boolean areIds(String accountId, String webhookId, String id) {
    return Keys.isAccountId(accountId)
        && WebhookKeys.isWebhookId(webhookId)
        && WebhookKeys.isEventId(id);
  }

  private static String key(StoredDelivery delivery) {
    return WebhookKeys.delivery(delivery.accountId(), delivery.webhookId(), delivery.id());
  }
}
