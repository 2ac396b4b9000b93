package org.touchstone.resolver.platform.linkedin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.OpenGraph;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;
import org.touchstone.resolver.post.FoundMedia;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** LinkedIn's page of a public post, as shown to guests. */
public final class LinkedIn implements Strategy {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          LinkedInLinks.TABLE,
          List.of(
              new Coverage(
                  "LinkedIn",
                  "videos and pictures of public posts",
                  "the page as guests see it",
                  "nothing")),
          tools -> extractor(tools.client(), tools.maxVideoBytes()));

  private final PlatformClient client;
  private final long maxVideoBytes;

  private LinkedIn(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.maxVideoBytes = maxVideoBytes;
  }

  /**
   * @param maxVideoBytes largest accepted video
   */
  private static PlatformExtractor extractor(PlatformClient client, long maxVideoBytes) {
    return new PlatformExtractor(
        LinkedInLinks.TABLE, client, List.of(new LinkedIn(client, maxVideoBytes)));
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    Document page = client.page(link.canonical()).html();
    OpenGraph meta = new OpenGraph(link.canonical(), page);
    Element post = page.selectFirst("article.main-feed-activity-card, article, main");
    if (post == null) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    FoundMedia media = new FoundMedia();
    for (Element video : post.select("video[data-sources]")) {
      media.read(() -> PostMedia.of(best(PageData.parse(video.attr("data-sources")))));
    }
    if (media.isEmpty()) {
      for (Element image :
          post.select(
              ".feed-images-content img, .feed-shared-image img, [data-test-id=feed-images-content]"
                  + " img")) {
        Optional<WebLink> source =
            Nodes.link(
                image.hasAttr("data-delayed-url")
                    ? image.attr("data-delayed-url")
                    : image.attr("src"));
        if (source.isPresent()) {
          media.add(PostMedia.of(source.get(), image.attr("alt")));
        } else {
          media.miss(PostProblems.NOT_SHOWN);
        }
      }
    }
    if (media.isEmpty()) {
      meta.videos().stream().limit(1).map(PostMedia::of).forEach(media::add);
    }
    String author = post.select("[data-tracking-control-name$=feed-actor-name]").text();
    return new Post(
        link.platform(),
        link.canonical().toString(),
        author.isBlank() ? null : author,
        meta.publishedAt(),
        new PostContext(
            null,
            post.select("[data-test-id=main-feed-activity-card__commentary]").text(),
            null,
            null),
        media);
  }

  private WebLink best(JsonNode sources) {
    List<Encoding> encodings = new ArrayList<>();
    for (JsonNode source : sources) {
      Nodes.link(source, "src")
          .ifPresent(
              link -> encodings.add(new Encoding(link, Nodes.number(source, "data-bitrate"), 0)));
    }
    return Videos.best(encodings, 0, maxVideoBytes);
  }
}
