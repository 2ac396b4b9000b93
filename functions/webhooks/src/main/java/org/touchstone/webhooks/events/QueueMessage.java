package org.touchstone.webhooks.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.touchstone.domain.Json;
import org.touchstone.domain.webhook.DeliveryTask;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.storage.Ids;

/** A message of the queue of events, in one of its forms. */
public sealed interface QueueMessage {
  /**
   * An analysis has ended: EventBridge's event of the workflow, or of an execution that did not end
   * by itself.
   */
  record Ended(String analysisId) implements QueueMessage {}

  /** An event that another part of the system made. */
  record Event(WebhookEvent event) implements QueueMessage {}

  /** An attempt to deliver is due. */
  record Attempt(DeliveryTask task) implements QueueMessage {}

  /** A message in none of these forms; empty, so that nothing of it reaches a log. */
  static Optional<QueueMessage> read(String body) {
    try {
      JsonNode json = Json.mapper().readTree(body);
      if (json.has("detail-type")) {
        return ended(json);
      }
      return Optional.of(
          json.has("deliveryId")
              ? new Attempt(Json.mapper().treeToValue(json, DeliveryTask.class))
              : new Event(Json.mapper().treeToValue(json, WebhookEvent.class)));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static Optional<QueueMessage> ended(JsonNode event) {
    JsonNode detail = event.path("detail");
    String id =
        switch (event.path("detail-type").asText()) {
          case "AnalysisEnded" -> detail.path("analysisId").asText();
          case "Step Functions Execution Status Change" -> detail.path("name").asText();
          default -> "";
        };
    return Ids.isAnalysisId(id) ? Optional.of(new Ended(id)) : Optional.empty();
  }
}
