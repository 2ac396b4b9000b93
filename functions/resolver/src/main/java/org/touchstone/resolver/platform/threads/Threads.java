package org.touchstone.resolver.platform.threads;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.meta.InstagramItem;
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
                  "posts and carousels, quoted media",
                  "the data within the post's page",
                  "nothing")),
          tools -> extractor(tools.client(), tools.maxVideoBytes()));

  private final PlatformClient client;
  private final long maxVideoBytes;

  private Threads(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.maxVideoBytes = maxVideoBytes;
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
    for (JsonNode data : PageData.scripts(page, "application/json")) {
      Optional<JsonNode> post =
          Nodes.find(
              data, node -> code.equals(Nodes.text(node, "code")) && node.path("user").isObject());
      if (post.isPresent()) {
        return decode(post.get(), link);
      }
    }
    throw new ProblemException(
        page.select("input[type=password]").isEmpty()
            ? ProblemType.PLATFORM_CHANGED
            : ProblemType.PLATFORM_LOGIN_REQUIRED);
  }

  private Post decode(JsonNode post, PostLink link) {
    List<PostMedia> media = new ArrayList<>(InstagramItem.media(post, maxVideoBytes));
    JsonNode shared = post.path("text_post_app_info").path("share_info");
    media.addAll(InstagramItem.media(shared.path("quoted_post"), maxVideoBytes));
    media.addAll(InstagramItem.media(shared.path("reposted_post"), maxVideoBytes));
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
}
