package org.touchstone.mentions.calls;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A platform's answer.
 *
 * @param status its HTTP status
 * @param headers its headers, by lower-case name
 * @param text its body as text, of at most {@link ApiClient#MAX_BYTES} bytes
 * @param json its body; the missing node when it is not JSON
 */
public record ApiReply(int status, Map<String, List<String>> headers, String text, JsonNode json) {
  private static final int CLASS = 100;
  private static final int MAX_TEXT = 2_000;

  /** Whether the platform did what was asked. */
  public boolean isSuccess() {
    return status / CLASS == 2;
  }

  /** Whether the platform itself failed. */
  public boolean isServerError() {
    return status / CLASS == 5;
  }

  /** A header's first value. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name);
    return values == null ? Optional.empty() : Optional.of(values.getFirst());
  }

  /** A header that is a number. */
  public OptionalLong number(String name) {
    String value = header(name).orElse("").strip();
    return value.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }

  /** A text of the JSON, cut to a bounded length; empty when it is absent or not a text. */
  public static String text(JsonNode node, String... path) {
    JsonNode at = node;
    for (String name : path) {
      at = at.path(name);
    }
    String value = at.isTextual() ? at.textValue() : at.isNumber() ? at.asText() : "";
    return value.length() <= MAX_TEXT ? value : value.substring(0, MAX_TEXT);
  }
}
