package org.touchstone.mentions.bluesky;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.mention.SocialAccount;

/**
 * Marks links and the name of the person who asked in a text. A name without a mark is a word:
 * nobody is notified of it.
 */
final class Facets {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s]*[^\\s.,;:!?'\")\\]}]");

  private Facets() {}

  static ArrayNode of(String text, SocialAccount person) {
    ArrayNode facets = Json.mapper().createArrayNode();
    Matcher links = LINK.matcher(text);
    while (links.find()) {
      feature(facets, text, links.start(), links.end())
          .put("$type", "app.bsky.richtext.facet#link")
          .put("uri", links.group());
    }
    if (!person.handle().isEmpty()) {
      Matcher names =
          Pattern.compile("(?i)(?<![\\w@])@" + Pattern.quote(person.handle()) + "(?![\\w-])")
              .matcher(text);
      if (names.find()) {
        feature(facets, text, names.start(), names.end())
            .put("$type", "app.bsky.richtext.facet#mention")
            .put("did", person.id());
      }
    }
    return facets;
  }

  /** Positions are bytes of UTF-8. */
  private static ObjectNode feature(ArrayNode facets, String text, int start, int end) {
    ObjectNode facet = facets.addObject();
    facet.putObject("index").put("byteStart", bytes(text, start)).put("byteEnd", bytes(text, end));
    return facet.putArray("features").addObject();
  }

  private static int bytes(String text, int end) {
    return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
  }
}
