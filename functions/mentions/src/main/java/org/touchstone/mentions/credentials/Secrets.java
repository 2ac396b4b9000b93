package org.touchstone.mentions.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.touchstone.domain.Json;

/** A secret as JSON. No message quotes it. */
final class Secrets {
  private Secrets() {}

  /**
   * Reads an object of texts; anything else in it is left out.
   *
   * @throws IllegalStateException when it is not a JSON object
   */
  static Map<String, String> read(String text) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      if (node != null && node.isObject()) {
        return texts(node);
      }
    } catch (JsonProcessingException e) {
      // The cause is not passed on: its message may quote the secret.
    }
    throw new IllegalStateException("the bot's secret is not a JSON object");
  }

  static Map<String, String> texts(JsonNode node) {
    Map<String, String> values = new HashMap<>();
    node.properties()
        .forEach(
            field -> {
              if (field.getValue().isTextual()) {
                values.put(field.getKey(), field.getValue().textValue());
              }
            });
    return Map.copyOf(values);
  }
}
