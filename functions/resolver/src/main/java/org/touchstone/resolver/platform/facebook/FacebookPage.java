package org.touchstone.resolver.platform.facebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.OpenGraph;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** Facebook's page of a public post. */
final class FacebookPage implements Strategy {
  private static final List<String> VIDEO_FIELDS =
      List.of(
          "browser_native_hd_url",
          "playable_url_quality_hd",
          "browser_native_sd_url",
          "playable_url");

  private final PlatformClient client;

  FacebookPage(PlatformClient client) {
    this.client = client;
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Document page = client.page(link.canonical()).html();
    OpenGraph meta = new OpenGraph(link.canonical(), page);
    List<JsonNode> scripts = PageData.scripts(page, "application/json");
    List<PostMedia> media = new ArrayList<>();
    boolean isVideo = !link.kind().equals("photo") && !link.kind().equals("post");
    if (link.kind().equals("post")) {
      media.addAll(FacebookStory.media(scripts, link.ids().get("id")));
    } else {
      fromData(scripts, link).ifPresent(media::add);
    }
    if (media.isEmpty()) {
      meta.videos().stream().limit(1).map(PostMedia::of).forEach(media::add);
    }
    if (media.isEmpty() && !isVideo) {
      // For a video this would only be its cover.
      meta.images().forEach(image -> media.add(PostMedia.of(image, meta.meta("og:image:alt"))));
    }
    if (media.isEmpty()) {
      throw problem(page);
    }
    return new Post(
        link.platform(),
        link.canonical().toString(),
        null,
        meta.publishedAt(),
        meta.context(),
        media);
  }

  private static Optional<PostMedia> fromData(List<JsonNode> scripts, PostLink link) {
    String id = link.ids().get("id");
    for (JsonNode data : scripts) {
      Optional<JsonNode> found =
          Nodes.find(
              data,
              node -> id != null && id.equals(Nodes.text(node, "id")) && file(node).isPresent());
      if (found.isPresent()) {
        return found.flatMap(FacebookPage::medium);
      }
    }
    return Optional.empty();
  }

  /** A photo or video within a page's data. */
  static Optional<PostMedia> medium(JsonNode node) {
    return file(node).map(link -> PostMedia.of(link, Nodes.text(node, "accessibility_caption")));
  }

  private static Optional<WebLink> file(JsonNode node) {
    for (JsonNode place : List.of(node, node.path("videoDeliveryLegacyFields"))) {
      for (String field : VIDEO_FIELDS) {
        Optional<WebLink> video = Nodes.link(place, field);
        if (video.isPresent()) {
          return video;
        }
      }
    }
    return "Photo".equals(Nodes.text(node, "__typename"))
        ? Nodes.link(node, "viewer_image", "uri")
            .or(() -> Nodes.link(node, "photo_image", "uri"))
            .or(() -> Nodes.link(node, "image", "uri"))
        : Optional.empty();
  }

  private static ProblemException problem(Document page) {
    String text = page.body().text();
    if (text.contains("content isn't available") || text.contains("content isn’t available")) {
      return new ProblemException(ProblemType.POST_UNAVAILABLE);
    }
    return new ProblemException(
        page.select("input[name=pass], form[action*=login]").isEmpty()
            ? ProblemType.PLATFORM_CHANGED
            : ProblemType.PLATFORM_LOGIN_REQUIRED);
  }
}
