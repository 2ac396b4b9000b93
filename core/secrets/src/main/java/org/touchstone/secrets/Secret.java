package org.touchstone.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.touchstone.domain.Json;

/** A secret: one text, or texts by their names. Its values appear in no message. */
public final class Secret {
  /** Shortest value that is looked for in texts to be shown; a shorter one hides nothing. */
  private static final int MIN_HIDDEN = 4;

  private static final String WHOLE = "";

  private final Map<String, String> values;

  private Secret(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * Reads a secret.
   *
   * @param text a JSON object of texts, or any other text as a whole
   */
  public static Secret of(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    JsonNode node = json(text);
    if (node != null && node.isObject()) {
      node.properties()
          .forEach(field -> values.put(field.getKey(), field.getValue().asText().strip()));
    } else {
      values.put(WHOLE, text.strip());
    }
    return new Secret(values);
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /**
   * A value of the secret; null when it has none of that name or one that cannot be sent.
   *
   * @param placeholder {@code secret} for the whole, {@code secret.NAME} for a part
   */
  public String value(String placeholder) {
    int dot = placeholder.indexOf('.');
    String value = values.get(dot < 0 ? WHOLE : placeholder.substring(dot + 1));
    boolean usable =
        value != null && !value.isEmpty() && value.chars().noneMatch(Character::isISOControl);
    return usable ? value : null;
  }

  /** The text without any of the secret's values. */
  public String hide(String text) {
    String shown = text;
    for (String value : values.values()) {
      if (value.length() >= MIN_HIDDEN) {
        shown = shown.replace(value, "***");
      }
    }
    return shown;
  }

  @Override
  public String toString() {
    return "Secret";
  }
}
