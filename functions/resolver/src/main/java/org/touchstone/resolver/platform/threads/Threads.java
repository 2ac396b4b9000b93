package org.touchstone.resolver.platform.threads;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.meta.InstagramItem;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** Threads' page of a public post, which also holds the posts around it. */
public final class Threads implements Strategy {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          ThreadsLinks.TABLE,
          List.of(
              new Coverage(
                  "Threads",
                  "posts and carousels, GIFs, quoted and linked media",
                  "the data within the post's page",
                  "nothing")),
          tools -> extractor(tools.client(), tools.maxVideoBytes()));

  private final PlatformClient client;
  private final InstagramItem items;

  private Threads(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.items = new InstagramItem(client, maxVideoBytes);
  }

  /**
   * @param maxVideoBytes largest accepted video
   */
  private static PlatformExtractor extractor(PlatformClient client, long maxVideoBytes) {
    return new PlatformExtractor(
        ThreadsLinks.TABLE, client, List.of(new Threads(client, maxVideoBytes)));
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Document page = client.page(link.canonical()).html();
    String code = link.id("code");
    List<JsonNode> scripts = PageData.scripts(page, "application/json");
    for (JsonNode data : scripts) {
      Optional<JsonNode> post =
          Nodes.find(
              data, node -> code.equals(Nodes.text(node, "code")) && node.path("user").isObject());
      if (post.isPresent()) {
        return decode(post.get(), link);
      }
    }
    if (!page.select("input[type=password]").isEmpty()) {
      throw new ProblemException(ProblemType.PLATFORM_LOGIN_REQUIRED);
    }
    // Threads' application with data of its own, of which none is this post's.
    throw new ProblemException(
        scripts.isEmpty() ? ProblemType.PLATFORM_CHANGED : ProblemType.POST_UNAVAILABLE);
  }

  private Post decode(JsonNode post, PostLink link) {
    FoundMedia media = new FoundMedia();
    add(post, media);
    JsonNode info = post.path("text_post_app_info");
    JsonNode shared = info.path("share_info");
    Set<JsonNode> others = new LinkedHashSet<>();
    for (String name : List.of("quoted_post", "quoted_attachment_post", "reposted_post")) {
      others.add(shared.path(name));
    }
    media.quoted(() -> others.forEach(other -> add(other, media)));
    if (shared.path("quoted_attachment_post_unavailable").asBoolean(false)) {
      media.miss(PostProblems.NOT_SHOWN);
    }
    String user = Nodes.text(post, "user", "username");
    return new Post(
        link.platform(),
        user == null
            ? link.canonical().toString()
            : "https://www.threads.com/@" + user + "/post/" + link.id("code"),
        user,
        Nodes.epochSeconds(post, "taken_at"),
        InstagramItem.context(post),
        media);
  }

  /** A post's own media, those of an address within its text, and its GIF. */
  private void add(JsonNode post, FoundMedia media) {
    items.add(post, media);
    JsonNode linked = post.path("text_post_app_info").path("linked_inline_media");
    if (linked.isArray()) {
      linked.forEach(one -> addLinked(one, media));
    } else {
      addLinked(linked, media);
    }
    gif(post.path("giphy_media_info")).map(PostMedia::of).ifPresent(media::add);
  }

  private void addLinked(JsonNode linked, FoundMedia media) {
    items.add(linked.path("media").isObject() ? linked.path("media") : linked, media);
  }

  private static Optional<WebLink> gif(JsonNode giphy) {
    for (String place : List.of("images", "first_party_cdn_proxied_images")) {
      for (String size : List.of("original", "fixed_height", "fixed_width")) {
        for (String form : List.of("mp4", "url", "webp")) {
          Optional<WebLink> found = Nodes.link(giphy, place, size, form);
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }
}
