package org.touchstone.resolver.platform.facebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.post.FoundMedia;

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

  private final FacebookPage page;

  /**
   * @param page reads one photo or video
   */
  FacebookStory(FacebookPage page) {
    this.page = page;
  }

  /**
   * Adds the media of the post in its order, as far as the page names them; nothing when the post
   * is missing.
   *
   * @param scripts the page's data
   * @param id the post's id in its link
   * @return the post
   */
  Optional<JsonNode> add(List<JsonNode> scripts, String id, FoundMedia media) {
    for (JsonNode data : scripts) {
      Optional<JsonNode> story = Nodes.find(data, node -> isStory(node, id));
      if (story.isPresent()) {
        attachments(story.get(), media);
        attachments(story.get().path("attached_story"), media);
        return story;
      }
    }
    return Optional.empty();
  }

  private static boolean isStory(JsonNode node, String id) {
    if (!node.path("attachments").isArray() || id == null) {
      return false;
    }
    String url = Nodes.text(node, "wwwURL");
    return id.equals(Nodes.text(node, "post_id"))
        || (url != null && url.matches(".*[/=]" + id + "([/?&].*)?"));
  }

  private void attachments(JsonNode story, FoundMedia media) {
    for (JsonNode attachment : story.path("attachments")) {
      JsonNode styled = styled(attachment);
      int before = media.size();
      several(styled).forEach(part -> page.add(part.path("media"), media));
      if (media.size() == before) {
        page.add(styled.path("media"), media);
      }
    }
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
