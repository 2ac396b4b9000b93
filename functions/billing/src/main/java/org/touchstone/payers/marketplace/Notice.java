package org.touchstone.payers.marketplace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.Payer;

/**
 * AWS Marketplace's notice that a subscription goes on or has ended: an event about a licence, or a
 * message of the older topic, which names the buyer instead.
 *
 * @param ended whether it has ended
 * @param at when the notice was made
 * @param productCode the product
 * @param licence id of the licence; null in messages of the topic
 * @param customerIdentifier the buyer; null in events
 */
public record Notice(
    boolean ended, Instant at, String productCode, String licence, String customerIdentifier) {

  /**
   * Reads a message of the queue.
   *
   * @param sentAt when the queue received it, which counts for a message without a time
   * @return empty for a notice about something else
   * @throws IllegalArgumentException when it cannot be read
   */
  public static Optional<Notice> read(String body, Instant sentAt) {
    JsonNode message = json(body);
    if (message.path("source").asText().equals("aws.agreement-marketplace")) {
      return ofEvent(message);
    }
    if (message.path("Type").asText().equals("Notification")) {
      return ofTopic(
          json(message.path("Message").asText()), time(message.path("Timestamp").asText(), sentAt));
    }
    return ofTopic(message, sentAt);
  }

  private static Optional<Notice> ofEvent(JsonNode event) {
    String type = event.path("detail-type").asText();
    boolean ended = type.equals("License Deprovisioned - Manufacturer");
    String licence = event.at("/detail/license/arn").asText("");
    if (!ended && !type.equals("License Updated - Manufacturer")) {
      return Optional.empty();
    }
    if (licence.isEmpty()) {
      throw new IllegalArgumentException("an event about a licence does not name it");
    }
    return Optional.of(
        new Notice(
            ended,
            time(event.path("time").asText(), null),
            event.at("/detail/product/code").asText(""),
            Licence.id(licence),
            null));
  }

  private static Optional<Notice> ofTopic(JsonNode message, Instant at) {
    String buyer = message.path("customer-identifier").asText("");
    String product = message.path("product-code").asText("");
    return switch (message.path("action").asText()) {
      case "subscribe-success" -> Optional.of(new Notice(false, at, product, null, buyer));
      case "subscribe-fail", "unsubscribe-pending", "unsubscribe-success" ->
          Optional.of(new Notice(true, at, product, null, buyer));
      case "" -> throw new IllegalArgumentException("neither an event nor a message of the topic");
      default -> Optional.empty();
    };
  }

  /** Whether it is about a buyer's purchase. */
  public boolean isAbout(Payer.Marketplace buyer) {
    return buyer.productCode().equals(productCode)
        && (licence != null
            ? licence.equals(Licence.id(buyer.licenseArn()))
            : customerIdentifier.equals(buyer.customerIdentifier()));
  }

  private static JsonNode json(String text) {
    try {
      JsonNode json = Json.mapper().readTree(text);
      if (json == null || !json.isObject()) {
        throw new IllegalArgumentException("not a JSON object");
      }
      return json;
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static Instant time(String text, Instant otherwise) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      if (otherwise == null) {
        throw new IllegalArgumentException("a notice without a time", e);
      }
      return otherwise;
    }
  }
}
