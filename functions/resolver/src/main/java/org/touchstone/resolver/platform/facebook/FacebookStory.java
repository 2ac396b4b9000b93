package org.touchstone.resolver.platform.facebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.post.PostMedia;

/**
 * A post within the data of its page, which also holds other posts: its attachments, and those of
 * the post it shares.
 */
final class FacebookStory {
  /** Fields of an attachment with several media; a page names the one it lays out. */
  private static final List<String> SEVERAL =
      List.of(
          "all_subattachments",
          "five_photos_subattachments",
          "four_photos_subattachments",
          "three_photos_subattachments",
          "two_photos_subattachments");

  private FacebookStory() {}

  /**
   * The media of the post in its order, as far as the page names them; empty when the post is
   * missing.
   *
   * @param scripts the page's data
   * @param id the post's id in its link
   */
  static List<PostMedia> media(List<JsonNode> scripts, String id) {
    for (JsonNode data : scripts) {
      Optional<JsonNode> story = Nodes.find(data, node -> isStory(node, id));
      if (story.isPresent()) {
        List<PostMedia> media = new ArrayList<>(attachments(story.get()));
        media.addAll(attachments(story.get().path("attached_story")));
        return media;
      }
    }
    return List.of();
  }

  private static boolean isStory(JsonNode node, String id) {
    if (!node.path("attachments").isArray() || id == null) {
      return false;
    }
    String url = Nodes.text(node, "wwwURL");
    return id.equals(Nodes.text(node, "post_id"))
        || (url != null && url.matches(".*[/=]" + id + "([/?&].*)?"));
  }

  private static List<PostMedia> attachments(JsonNode story) {
    List<PostMedia> media = new ArrayList<>();
    for (JsonNode attachment : story.path("attachments")) {
      JsonNode styled = styled(attachment);
      List<PostMedia> parts = new ArrayList<>();
      several(styled)
          .forEach(part -> FacebookPage.medium(part.path("media")).ifPresent(parts::add));
      if (parts.isEmpty()) {
        FacebookPage.medium(styled.path("media")).ifPresent(parts::add);
      }
      media.addAll(parts);
    }
    return media;
  }

  /** Unwraps an attachment: pages wrap it in a description of its layout. */
  private static JsonNode styled(JsonNode attachment) {
    for (String wrapper : List.of("styles", "style_type_renderer")) {
      JsonNode within = attachment.path(wrapper).path("attachment");
      if (within.isObject()) {
        return within;
      }
    }
    return attachment;
  }

  private static JsonNode several(JsonNode attachment) {
    for (String name : SEVERAL) {
      JsonNode nodes = attachment.path(name).path("nodes");
      if (nodes.isArray() && !nodes.isEmpty()) {
        return nodes;
      }
    }
    return MissingNode.getInstance();
  }
}
