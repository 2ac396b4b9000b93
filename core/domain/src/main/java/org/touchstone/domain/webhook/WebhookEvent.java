package org.touchstone.domain.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.touchstone.domain.Json;

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
  private static final int ID_BYTES = 16;

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

  private static String idOf(EventType type, String accountId, String subject) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  String.join("\n", type.code(), accountId, subject)
                      .getBytes(StandardCharsets.UTF_8));
      return PREFIX + HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
