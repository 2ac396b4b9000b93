package org.touchstone.resolver.platform.instagram;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.DashManifests;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** A post in the form of Instagram's web pages. */
final class ShortcodeMedia {
  private ShortcodeMedia() {}

  /** Whether a node looks like a post in this form. */
  static boolean isOne(JsonNode node) {
    return node.path("shortcode").isTextual()
        && (node.path("display_url").isTextual() || node.path("video_url").isTextual());
  }

  /**
   * @param manifests reads the manifest of a video that has no whole file
   */
  static Post decode(JsonNode node, PostLink link, DashManifests manifests) {
    FoundMedia media = new FoundMedia();
    JsonNode children = Nodes.at(node, "edge_sidecar_to_children", "edges");
    if (children.isArray() && !children.isEmpty()) {
      children.forEach(edge -> media.read(() -> one(edge.path("node"), link, manifests)));
    } else {
      media.read(() -> one(node, link, manifests));
    }
    return new Post(
        link.platform(),
        link.canonical().toString(),
        Nodes.text(node, "owner", "username"),
        Nodes.epochSeconds(node, "taken_at_timestamp"),
        new PostContext(
            Nodes.text(node, "owner", "id"),
            Nodes.text(
                Nodes.at(node, "edge_media_to_caption", "edges").path(0).path("node"), "text"),
            null,
            null),
        media);
  }

  private static PostMedia one(JsonNode node, PostLink post, DashManifests manifests) {
    Optional<WebLink> link = Nodes.link(node, "video_url");
    if (link.isEmpty() && !node.path("is_video").asBoolean(false)) {
      link = largest(node).or(() -> Nodes.link(node, "display_url"));
    }
    String altText = Nodes.text(node, "accessibility_caption");
    String manifest = Nodes.text(node, "dash_info", "video_dash_manifest");
    if (link.isEmpty() && manifest != null) {
      PostMedia best = manifests.within(post.canonical(), manifest);
      return new PostMedia(best.link(), best.audio(), best.headers(), altText);
    }
    return PostMedia.of(
        link.orElseThrow(() -> new ProblemException(PostProblems.NOT_SHOWN)), altText);
  }

  private static Optional<WebLink> largest(JsonNode node) {
    List<JsonNode> sizes = new ArrayList<>();
    node.path("display_resources").forEach(sizes::add);
    return sizes.stream()
        .max(Comparator.comparingLong(size -> Nodes.number(size, "config_width")))
        .flatMap(size -> Nodes.link(size, "src"));
  }
}
