package org.touchstone.resolver.platform.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;
import org.touchstone.resolver.post.PostMedia;

/** A post in the form of Instagram's application, which Threads shares. */
public final class InstagramItem {
  private InstagramItem() {}

  /** Whether a node looks like a post with media. */
  public static boolean hasMedia(JsonNode item) {
    return item.path("carousel_media").isArray() || item.path("image_versions2").isObject();
  }

  public static List<PostMedia> media(JsonNode item, long maxVideoBytes) {
    List<PostMedia> media = new ArrayList<>();
    if (item.path("carousel_media").isArray() && !item.path("carousel_media").isEmpty()) {
      item.path("carousel_media").forEach(part -> one(part, maxVideoBytes).ifPresent(media::add));
    } else {
      one(item, maxVideoBytes).ifPresent(media::add);
    }
    return media;
  }

  private static Optional<PostMedia> one(JsonNode item, long maxVideoBytes) {
    String altText = Nodes.text(item, "accessibility_caption");
    if (item.path("video_versions").isArray() && !item.path("video_versions").isEmpty()) {
      List<Encoding> encodings = encodings(item.path("video_versions"));
      return Optional.of(
          PostMedia.of(
              Videos.best(encodings, item.path("video_duration").asDouble(0), maxVideoBytes),
              altText));
    }
    return encodings(Nodes.at(item, "image_versions2", "candidates")).stream()
        .max(Comparator.comparingLong(Encoding::pixels))
        .map(image -> PostMedia.of(image.link(), altText));
  }

  private static List<Encoding> encodings(JsonNode versions) {
    List<Encoding> encodings = new ArrayList<>();
    for (JsonNode version : versions) {
      Optional<WebLink> link = Nodes.link(version, "url");
      link.ifPresent(
          found ->
              encodings.add(
                  new Encoding(
                      found,
                      Nodes.number(version, "bandwidth"),
                      Nodes.number(version, "width") * Nodes.number(version, "height"))));
    }
    return encodings;
  }

  public static PostContext context(JsonNode item) {
    String id = Nodes.text(item, "user", "pk");
    return new PostContext(
        id == null ? Nodes.text(item, "user", "id") : id,
        Nodes.text(item, "caption", "text"),
        null,
        null);
  }
}
