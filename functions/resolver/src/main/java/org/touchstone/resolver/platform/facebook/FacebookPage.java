package org.touchstone.resolver.platform.facebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.OpenGraph;
import org.touchstone.resolver.platform.Page;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** Facebook's page of a public post. */
final class FacebookPage implements Strategy {
  /** What the page's data hold instead of content when Facebook accepts no more requests. */
  private static final String ERROR = "CometErrorRoot.react";

  /** Fields that name a photo or video; some forms of a page have only the later ones. */
  private static final List<String> IDS = List.of("id", "video_id", "videoId");

  private static final int MAX_MESSAGE = 600;

  private static final Set<String> IS_MEDIUM = Set.of("Photo", "Video");

  private final PlatformClient client;
  private final FacebookVideo videos;

  FacebookPage(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.videos = new FacebookVideo(client, maxVideoBytes);
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Page page = client.page(link.canonical());
    OpenGraph meta = new OpenGraph(link.canonical(), page.html());
    List<JsonNode> scripts = PageData.scripts(page.html(), "application/json");
    FoundMedia media = new FoundMedia();
    Optional<JsonNode> shown;
    if (link.kind().equals("post")) {
      shown = new FacebookStory(this).add(scripts, link.ids().get("id"), media);
    } else {
      shown = fromData(scripts, link);
      shown.ifPresent(node -> add(node, media));
    }
    if (media.isEmpty()) {
      meta.videos().stream().limit(1).map(PostMedia::of).forEach(media::add);
    }
    boolean isPictured = link.kind().equals("photo") || link.kind().equals("post");
    // Of a video the picture would only be its cover, of a home page something else.
    if (media.isEmpty() && isPictured && !meta.isOfVideo() && !meta.isOfHome()) {
      meta.images().forEach(image -> media.add(PostMedia.of(image, meta.meta("og:image:alt"))));
    }
    if (media.isEmpty()) {
      throw problem(page);
    }
    return new Post(
        link.platform(),
        link.canonical().toString(),
        shown.map(FacebookPage::author).orElse(null),
        meta.publishedAt(),
        meta.context(),
        media);
  }

  /** The name of who posted a photo, a video or a story; null where the page's data lack it. */
  private static String author(JsonNode node) {
    String owner = Nodes.text(node, "owner", "name");
    return owner == null ? Nodes.text(node.path("actors").path(0), "name") : owner;
  }

  private Optional<JsonNode> fromData(List<JsonNode> scripts, PostLink link) {
    String id = link.ids().get("id");
    return scripts.stream()
        .flatMap(data -> Nodes.find(data, node -> isNamed(node, id) && isServed(node)).stream())
        .findFirst();
  }

  private static boolean isNamed(JsonNode node, String id) {
    return id != null && IDS.stream().map(field -> Nodes.text(node, field)).anyMatch(id::equals);
  }

  private boolean isServed(JsonNode node) {
    return picture(node).isPresent() || videos.isOne(node);
  }

  /** Adds a photo or video within a page's data; nothing for any other node. */
  void add(JsonNode node, FoundMedia media) {
    String altText = Nodes.text(node, "accessibility_caption");
    Optional<WebLink> picture = picture(node);
    if (videos.isOne(node)) {
      media.read(() -> videos.best(node, altText));
    } else if (picture.isPresent()) {
      media.add(PostMedia.of(picture.get(), altText));
    } else if (IS_MEDIUM.contains(String.valueOf(Nodes.text(node, "__typename")))) {
      media.miss(PostProblems.NOT_SHOWN);
    }
  }

  private static Optional<WebLink> picture(JsonNode node) {
    return "Photo".equals(Nodes.text(node, "__typename"))
        ? Nodes.link(node, "viewer_image", "uri")
            .or(() -> Nodes.link(node, "photo_image", "uri"))
            .or(() -> Nodes.link(node, "image", "uri"))
        : Optional.empty();
  }

  private static ProblemException problem(Page page) {
    String text = page.html().body().text();
    if (text.contains("content isn't available") || text.contains("content isn’t available")) {
      return new ProblemException(ProblemType.POST_UNAVAILABLE);
    }
    if (page.text().contains(ERROR)) {
      return new ProblemException(ProblemType.PLATFORM_RATE_LIMITED);
    }
    if (!page.html().select("input[name=pass], form[action*=login]").isEmpty()) {
      return new ProblemException(ProblemType.PLATFORM_LOGIN_REQUIRED);
    }
    // A page of a few sentences says why; a longer one is about something else.
    return new ProblemException(
        Optional.of(text)
            .filter(all -> all.length() < MAX_MESSAGE)
            .flatMap(PostProblems::said)
            .orElse(Problem.of(ProblemType.PLATFORM_CHANGED)));
  }
}
