package org.touchstone.resolver.platform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.Json;

/** JSON within web pages. */
public final class PageData {
  private static final int MAX_SCRIPTS = 400;

  private PageData() {}

  /** The text as JSON; a missing node when it is not JSON. */
  public static JsonNode parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes as JSON; a missing node when they are not JSON. */
  public static JsonNode parse(byte[] text) {
    try {
      JsonNode node = Json.mapper().readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** The JSON text that follows a key in a script; empty when there is none. */
  public static String textAfter(String script, String key) {
    int at = script.indexOf(key);
    if (at < 0) {
      return "";
    }
    try (JsonParser parser =
        Json.mapper().getFactory().createParser(script.substring(at + key.length()))) {
      String text = parser.nextTextValue();
      return text == null ? "" : text;
    } catch (IOException notJson) {
      return "";
    }
  }

  /** All data scripts of a page with a given media type, such as {@code application/json}. */
  public static List<JsonNode> scripts(Document page, String type) {
    List<JsonNode> scripts = new ArrayList<>();
    for (Element script : page.select("script[type=" + type + "]")) {
      JsonNode node = parse(script.data());
      if (node.isContainerNode() && scripts.size() < MAX_SCRIPTS) {
        scripts.add(node);
      }
    }
    return scripts;
  }
}
