package org.touchstone.storage;

import java.time.Instant;
import java.util.regex.Pattern;
import org.touchstone.domain.webhook.Webhook;

/** Keys of webhooks and of the deliveries to them. */
final class WebhookKeys {
  /** What was delivered to webhooks. */
  static final String WEBHOOKS = "webhooks/";

  private static final Pattern EVENT_ID = Pattern.compile("evt_[0-9a-f]{32}");

  private WebhookKeys() {}

  /** An account's webhooks. */
  static String webhooks(String accountId) {
    return "access/webhooks/" + Keys.accountId(accountId) + "/";
  }

  /** A webhook with its secrets. */
  static String webhook(String accountId, String webhookId) {
    return webhooks(accountId) + webhookId(webhookId) + ".json";
  }

  /** The delivery of an event to a webhook. */
  static String delivery(String accountId, String webhookId, String eventId) {
    return deliveries(accountId, webhookId)
        + "deliveries/"
        + Keys.checked(eventId, EVENT_ID, "event id")
        + ".json";
  }

  static boolean isDelivery(String key) {
    return key.startsWith(WEBHOOKS) && key.contains("/deliveries/");
  }

  static String listedDeliveries(String accountId, String webhookId) {
    return deliveries(accountId, webhookId) + "list/";
  }

  /** An empty object that lists a delivery; later ones sort before earlier ones. */
  static String listedDelivery(String accountId, String webhookId, Instant at, String eventId) {
    return listedDeliveries(accountId, webhookId)
        + Keys.inverted(at)
        + "-"
        + Keys.checked(eventId, EVENT_ID, "event id");
  }

  private static String deliveries(String accountId, String webhookId) {
    return WEBHOOKS + Keys.accountId(accountId) + "/" + webhookId(webhookId) + "/";
  }

  static boolean isWebhookId(String id) {
    return id != null && (id.equals(Webhook.CALLBACKS) || Ids.ID.matcher(id).matches());
  }

  static boolean isEventId(String id) {
    return id != null && EVENT_ID.matcher(id).matches();
  }

  private static String webhookId(String id) {
    if (!isWebhookId(id)) {
      throw new IllegalArgumentException("not a webhook id");
    }
    return id;
  }
}
