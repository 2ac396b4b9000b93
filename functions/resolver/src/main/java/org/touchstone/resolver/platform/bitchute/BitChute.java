package org.touchstone.resolver.platform.bitchute;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.touchstone.domain.Json;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.OpenGraph;
import org.touchstone.resolver.platform.PageData;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.PostProblems;
import org.touchstone.resolver.platform.Reply;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** BitChute: the API used by its pages, and the pages of its older form. */
public final class BitChute {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          BitChuteLinks.TABLE,
          List.of(
              new Coverage(
                  "BitChute",
                  "videos",
                  "its player's interface; the page; yt-dlp as the last resort",
                  "nothing")),
          tools -> extractor(tools.client()).withLastResort(tools.lastResort(), "video"));

  private static final String API = "https://api.bitchute.com/api/beta/";

  private final PlatformClient client;

  private BitChute(PlatformClient client) {
    this.client = client;
  }

  private static PlatformExtractor extractor(PlatformClient client) {
    BitChute site = new BitChute(client);
    return new PlatformExtractor(BitChuteLinks.TABLE, client, List.of(site::api, site::page));
  }

  private Post api(PostLink link) throws IOException {
    JsonNode file = ask("video/media", link);
    WebLink media =
        Nodes.link(file, "media_url")
            .orElseThrow(() -> new ProblemException(ProblemType.PLATFORM_CHANGED));
    JsonNode video = ask("video", link);
    return post(
        link,
        Nodes.text(video, "channel", "channel_name"),
        Nodes.time(video, "date_published"),
        new PostContext(
            Nodes.text(video, "channel", "channel_id"),
            Nodes.text(video, "video_name"),
            null,
            null),
        media);
  }

  private JsonNode ask(String what, PostLink link) throws IOException {
    Reply reply =
        client.send(
            FetchRequest.postJson(
                    WebLink.parse(API + what), Json.string(Map.of("video_id", link.id("id"))))
                .with("Accept", "application/json"));
    if (!reply.isSuccess()) {
      for (JsonNode error : PageData.parse(reply.body()).path("errors")) {
        Optional<Problem> said = PostProblems.said(Nodes.text(error, "message"));
        if (said.isPresent()) {
          throw new ProblemException(said.get());
        }
      }
    }
    return PlatformClient.content(reply);
  }

  private Post page(PostLink link) throws IOException {
    Document page = client.page(link.canonical()).html();
    OpenGraph meta = new OpenGraph(link.canonical(), page);
    WebLink media =
        meta.videos().stream()
            .findFirst()
            .orElseThrow(() -> new ProblemException(ProblemType.PLATFORM_CHANGED));
    String channel = page.select(".channel-banner .details .name").text();
    return post(link, channel.isBlank() ? null : channel, null, meta.context(), media);
  }

  private static Post post(
      PostLink link, String author, Instant at, PostContext context, WebLink media) {
    return new Post(
        link.platform(),
        link.canonical().toString(),
        author,
        at,
        context,
        List.of(PostMedia.of(media)));
  }
}
