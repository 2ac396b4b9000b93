package org.touchstone.resolver.platform.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;
import org.touchstone.resolver.post.PostMedia;

/**
 * The card below a post's text: an advertisement with media of its own, a broadcast, or only the
 * preview of a linked page, whose picture belongs to that page.
 */
final class XCard {
  private static final String VIDEO = "video/mp4";

  private final String name;
  private final Map<String, JsonNode> values;

  private XCard(String name, Map<String, JsonNode> values) {
    this.name = name;
    this.values = values;
  }

  /** A post's card; an empty card when there is none. */
  static XCard of(JsonNode tweet) {
    JsonNode card = tweet.path("card");
    JsonNode bindings = card.path("binding_values");
    Map<String, JsonNode> values = new HashMap<>();
    if (bindings.isArray()) {
      bindings.forEach(b -> values.put(String.valueOf(Nodes.text(b, "key")), b.path("value")));
    } else {
      bindings.properties().forEach(b -> values.put(b.getKey(), b.getValue()));
    }
    String name = Nodes.text(card, "name");
    // Some names begin with their maker and end with the kind: 3691233323:audiospace.
    return new XCard(name == null ? "" : name.substring(name.lastIndexOf(':') + 1), values);
  }

  private String text(String key) {
    return Nodes.text(values.getOrDefault(key, MissingNode.getInstance()), "string_value");
  }

  /** The media of an advertisement, in the same form as a post's own. */
  JsonNode entities() {
    String json = text("unified_card");
    return json == null ? MissingNode.getInstance() : PageData.parse(json).path("media_entities");
  }

  /** The document that names an advertisement's video. */
  Optional<WebLink> playlist() {
    String key = name.equals("amplify") ? "amplify_url_vmap" : "player_stream_url";
    return isOurs() && !isFile() ? Nodes.link(text(key)) : Optional.empty();
  }

  /** The file of an advertisement's video, where the card names it. */
  Optional<WebLink> file() {
    return isOurs() && isFile() ? Nodes.link(text("player_stream_url")) : Optional.empty();
  }

  private boolean isFile() {
    String type = text("player_stream_content_type");
    return type != null && type.startsWith(VIDEO);
  }

  /** Whether X plays the media itself; players of other sites stream from those sites. */
  private boolean isOurs() {
    return name.equals("amplify")
        || name.startsWith("promo_")
        || name.startsWith("appplayer")
        || name.startsWith("video_")
        || name.matches("poll\\dchoice_video");
  }

  /** An advertisement's picture. */
  Optional<WebLink> picture() {
    boolean pictured =
        name.startsWith("promo_image")
            || name.equals("promo_website")
            || name.startsWith("image_")
            || name.matches("poll\\dchoice_image");
    if (!pictured) {
      return Optional.empty();
    }
    for (String place : List.of("promo_image", "image", "photo_image_full_size")) {
      for (String size : List.of("_original", "_x_large", "_large", "")) {
        Optional<WebLink> found =
            Nodes.link(
                values.getOrDefault(place + size, MissingNode.getInstance()), "image_value", "url");
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Throws the reason why a card has no media; does nothing when the card is empty.
   *
   * @throws ProblemException with the reason
   */
  void throwReason() {
    if (name.endsWith("broadcast")) {
      throw new ProblemException(
          ProblemType.POST_NO_MEDIA,
          "This post shows a broadcast; give the link to the broadcast itself.");
    }
    if (name.equals("audiospace")) {
      throw new ProblemException(
          ProblemType.POST_NO_MEDIA, "This post shows an audio space; give the link to the space.");
    }
    if (name.startsWith("summary") || name.equals("player")) {
      throw new ProblemException(
          ProblemType.POST_NO_MEDIA,
          "This post has no media of its own, only the preview of a page that it links to; give"
              + " that page's link.");
    }
  }

  /**
   * The best video that such a VMAP document names.
   *
   * @throws ProblemException as {@link Videos#best}
   */
  static PostMedia ofPlaylist(Document vmap, long maxBytes) {
    List<Encoding> encodings = new ArrayList<>();
    for (Element variant : vmap.getElementsByTag("tw:videoVariant")) {
      if (VIDEO.equals(variant.attr("content_type"))) {
        String digits = variant.attr("bit_rate");
        long bitRate = digits.matches("[0-9]{1,12}") ? Long.parseLong(digits) : 0;
        Nodes.link(decode(variant.attr("url")))
            .ifPresent(link -> encodings.add(new Encoding(link, bitRate, 0)));
      }
    }
    if (encodings.isEmpty()) {
      for (Element file : vmap.getElementsByTag("MediaFile")) {
        if (VIDEO.equals(file.attr("type"))) {
          Nodes.link(file.text().strip())
              .ifPresent(link -> encodings.add(new Encoding(link, 0, 0)));
        }
      }
    }
    return PostMedia.of(Videos.best(encodings, 0, maxBytes));
  }

  private static String decode(String url) {
    try {
      return URLDecoder.decode(url, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return url;
    }
  }
}
