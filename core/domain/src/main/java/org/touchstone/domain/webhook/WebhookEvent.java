package org.touchstone.domain.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import org.touchstone.domain.Json;
import org.touchstone.domain.files.Sha256;

/**
 * Something that happened to an account's things, of which its webhooks are told. Sent to the queue
 * of events; the same event may be sent any number of times and is delivered once.
 *
 * @param id made from type, account and subject, so that one fact always has one id
 * @param type what happened
 * @param accountId whose webhooks are told
 * @param subject id of the thing that it happened to: an analysis, a batch, a period of a cap, or
 *     the webhook that is tried
 * @param at when it happened
 * @param data what the receiver is told, in the form that {@code docs/webhooks.md} has for the type
 */
public record WebhookEvent(
    String id, EventType type, String accountId, String subject, Instant at, JsonNode data) {
  private static final String PREFIX = "evt_";
  private static final int ID_DIGITS = 32;

  public WebhookEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(at, "at");
    data = data == null ? Json.mapper().createObjectNode() : data;
  }

  /**
   * An event.
   *
   * @param subject id of the thing that it happened to; another call with the same type, account
   *     and subject makes an event of the same id
   * @param data a record or map; it is written as JSON
   */
  public static WebhookEvent of(
      EventType type, String accountId, String subject, Instant at, Object data) {
    return new WebhookEvent(
        idOf(type, accountId, subject),
        type,
        accountId,
        subject,
        at,
        Json.mapper().valueToTree(data));
  }

  /** The id of the event of a fact. */
  public static String idOf(EventType type, String accountId, String subject) {
    return PREFIX
        + Sha256.of(String.join("\n", type.code(), accountId, subject)).substring(0, ID_DIGITS);
  }
}
