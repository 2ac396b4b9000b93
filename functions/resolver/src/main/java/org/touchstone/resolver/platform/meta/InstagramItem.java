package org.touchstone.resolver.platform.meta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.DeclaredAi;
import org.touchstone.domain.DeclaredAi.By;
import org.touchstone.domain.DeclaredAi.Extent;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.DashManifests;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.PostMedia;

/** Reads posts in the form of Instagram's application, which its pages and Threads share. */
public final class InstagramItem {
  private static final long VIDEO = 2;
  private static final String MANIFEST = "video_dash_manifest";
  private static final String SHOWN = "display_uri";
  private static final String BASE = "https://www.instagram.com/";

  private final DashManifests manifests;
  private final long maxVideoBytes;

  /**
   * @param maxVideoBytes largest accepted video
   */
  public InstagramItem(PlatformClient client, long maxVideoBytes) {
    this.manifests = new DashManifests(client, maxVideoBytes);
    this.maxVideoBytes = maxVideoBytes;
  }

  /** Whether a node looks like a post with media. */
  public static boolean hasMedia(JsonNode item) {
    return item.path("carousel_media").isArray()
        || item.path("image_versions2").isObject()
        || !item.path("video_versions").isEmpty()
        || Nodes.text(item, SHOWN) != null;
  }

  /** Adds the media of a post in its order; nothing when it has none. */
  public void add(JsonNode item, FoundMedia media) {
    JsonNode parts = item.path("carousel_media");
    if (parts.isArray() && !parts.isEmpty()) {
      parts.forEach(part -> media.read(() -> medium(part)));
    } else if (hasOne(item)) {
      media.read(() -> medium(item));
    }
  }

  private static boolean hasOne(JsonNode item) {
    return !item.path("video_versions").isEmpty()
        || !Nodes.at(item, "image_versions2", "candidates").isEmpty()
        || Nodes.text(item, SHOWN) != null
        || (isVideo(item) && Nodes.text(item, MANIFEST) != null);
  }

  private static boolean isVideo(JsonNode item) {
    return Nodes.number(item, "media_type") == VIDEO || !item.path("video_versions").isEmpty();
  }

  private PostMedia medium(JsonNode item) {
    String altText = Nodes.text(item, "accessibility_caption");
    if (!isVideo(item)) {
      return encodings(Nodes.at(item, "image_versions2", "candidates")).stream()
          .max(Comparator.comparingLong(Encoding::pixels))
          .map(Encoding::link)
          .or(() -> Nodes.link(item, SHOWN))
          .map(image -> PostMedia.of(image, altText))
          .orElseThrow(() -> new ProblemException(PostProblems.NOT_SHOWN));
    }
    // The picture of a video is only its cover.
    List<Encoding> encodings = encodings(item.path("video_versions"));
    String manifest = Nodes.text(item, MANIFEST);
    if (encodings.isEmpty() && manifest != null) {
      PostMedia best = manifests.within(WebLink.parse(BASE), manifest);
      return new PostMedia(best.link(), best.audio(), best.headers(), altText);
    }
    if (encodings.isEmpty()) {
      throw new ProblemException(PostProblems.NOT_SHOWN);
    }
    return PostMedia.of(
        Videos.best(encodings, item.path("video_duration").asDouble(0), maxVideoBytes), altText);
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
            null)
        .with(label(item));
  }

  /** Meta's label, by how it came about. One that was taken off by hand is none. */
  private static DeclaredAi label(JsonNode item) {
    String method = Nodes.text(item, "gen_ai_detection_method", "detection_method");
    return switch (method == null ? "" : method) {
      case "SELF_DISCLOSURE_FLOW" -> new DeclaredAi(Extent.GENERATED, By.AUTHOR, method);
      case "C2PA_METADATA", "IPTC_METADATA" ->
          new DeclaredAi(Extent.GENERATED, By.METADATA, method);
      case "C2PA_METADATA_EDITED", "IPTC_METADATA_EDITED" ->
          new DeclaredAi(Extent.EDITED, By.METADATA, method);
      case "META_INVISIBLE_WATERMARK" -> new DeclaredAi(Extent.GENERATED, By.WATERMARK, method);
      case "MANUAL_OVERRIDE_LABEL_ON" -> new DeclaredAi(Extent.GENERATED, By.PLATFORM, method);
      default -> null;
    };
  }
}
