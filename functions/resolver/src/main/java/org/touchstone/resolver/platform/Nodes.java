package org.touchstone.resolver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;

/**
 * Reads fields of a platform's JSON. A field that is missing or of an unexpected type is absent; no
 * method throws.
 */
public final class Nodes {
  private static final int MAX_VISITED = 500_000;

  private Nodes() {}

  /** The node at a path of field names; a missing node when there is none. */
  public static JsonNode at(JsonNode node, String... path) {
    JsonNode at = node;
    for (String name : path) {
      at = at.path(name);
    }
    return at;
  }

  /** A text that is not blank, or a numeric identifier; otherwise absent. */
  public static String text(JsonNode node, String... path) {
    JsonNode at = at(node, path);
    if (at.isIntegralNumber()) {
      return at.asText();
    }
    return at.isTextual() && !at.textValue().isBlank() ? at.textValue() : null;
  }

  /** A web address that can be followed. */
  public static Optional<WebLink> link(JsonNode node, String... path) {
    return link(text(node, path));
  }

  /** A web address that can be followed. */
  public static Optional<WebLink> link(String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(WebLink.parse(text.startsWith("//") ? "https:" + text : text));
    } catch (ProblemException notALink) {
      return Optional.empty();
    }
  }

  /** A number; 0 when there is none. */
  public static long number(JsonNode node, String... path) {
    JsonNode at = at(node, path);
    return at.isNumber() ? at.longValue() : 0;
  }

  /** Seconds since the epoch, as a number or its digits. */
  public static Instant epochSeconds(JsonNode node, String... path) {
    JsonNode at = at(node, path);
    long seconds;
    if (at.isNumber()) {
      seconds = at.longValue();
    } else if (at.isTextual() && at.textValue().matches("[0-9]{1,12}")) {
      seconds = Long.parseLong(at.textValue());
    } else {
      return null;
    }
    try {
      return seconds > 0 ? Instant.ofEpochSecond(seconds) : null;
    } catch (DateTimeException outOfRange) {
      return null;
    }
  }

  /** A time in ISO 8601. */
  public static Instant time(JsonNode node, String... path) {
    return time(text(node, path));
  }

  /** A time in ISO 8601. */
  public static Instant time(String text) {
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException notATime) {
      return null;
    }
  }

  /** The first object, in document order, that meets a condition; searches a bounded number. */
  public static Optional<JsonNode> find(JsonNode root, Predicate<JsonNode> condition) {
    Deque<JsonNode> open = new ArrayDeque<>();
    open.push(root);
    for (int visited = 0; !open.isEmpty() && visited < MAX_VISITED; visited++) {
      JsonNode node = open.pop();
      if (node.isObject() && condition.test(node)) {
        return Optional.of(node);
      }
      if (node.isContainerNode()) {
        Deque<JsonNode> children = new ArrayDeque<>();
        node.forEach(
            child -> {
              if (child.isContainerNode()) {
                children.push(child);
              }
            });
        children.forEach(open::push);
      }
    }
    return Optional.empty();
  }
}
