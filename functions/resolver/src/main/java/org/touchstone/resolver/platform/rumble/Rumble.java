package org.touchstone.resolver.platform.rumble;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.fetch.FetchRequest;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.OpenGraph;
import org.touchstone.resolver.platform.Platform;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformExtractor;
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;

/** Rumble: a video's page names the id of the embedded player, whose data name the files. */
public final class Rumble implements Strategy {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          RumbleLinks.TABLE,
          List.of(
              new Coverage(
                  "Rumble",
                  "videos",
                  "its player's interface; yt-dlp as the last resort",
                  "nothing")),
          tools ->
              extractor(tools.client(), tools.maxVideoBytes())
                  .withLastResort(tools.lastResort(), "video", "embed"));

  private static final String PLAYER = "https://rumble.com/embedJS/u3/?request=video&ver=2&v=";
  private static final Pattern EMBED =
      Pattern.compile("/embed/(?:[a-z0-9]+\\.)?(v[A-Za-z0-9]{1,16})/?");
  private static final int KILO = 1000;

  private final PlatformClient client;
  private final long maxVideoBytes;

  private Rumble(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.maxVideoBytes = maxVideoBytes;
  }

  /**
   * @param maxVideoBytes largest accepted video
   */
  private static PlatformExtractor extractor(PlatformClient client, long maxVideoBytes) {
    return new PlatformExtractor(
        RumbleLinks.TABLE, client, List.of(new Rumble(client, maxVideoBytes)));
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    String embed = link.kind().equals("embed") ? "v" + link.id("id") : embedOf(link);
    JsonNode video = client.json(FetchRequest.get(WebLink.parse(PLAYER + embed)));
    JsonNode files = Nodes.at(video, "ua", "mp4");
    List<Encoding> encodings = new ArrayList<>();
    for (JsonNode file : files) {
      Optional<WebLink> found = Nodes.link(file, "url");
      found.ifPresent(
          url ->
              encodings.add(
                  new Encoding(
                      url,
                      Nodes.number(file, "meta", "bitrate") * KILO,
                      Nodes.number(file, "meta", "w") * Nodes.number(file, "meta", "h"))));
    }
    if (encodings.isEmpty()) {
      Nodes.link(video, "u", "mp4", "url")
          .or(() -> Nodes.link(video, "u", "hls", "url"))
          .or(() -> Nodes.link(video, "ua", "hls", "auto", "url"))
          .ifPresent(url -> encodings.add(new Encoding(url, 0, 0)));
    }
    WebLink best = Videos.best(encodings, Nodes.number(video, "duration"), maxVideoBytes);
    return new Post(
        link.platform(),
        link.canonical().toString(),
        Nodes.text(video, "author", "name"),
        Nodes.time(video, "pubDate"),
        new PostContext(null, Nodes.text(video, "title"), null, null),
        List.of(PostMedia.of(best)));
  }

  private String embedOf(PostLink link) throws IOException {
    OpenGraph meta = new OpenGraph(link.canonical(), client.page(link.canonical()).html());
    return meta.player()
        .map(player -> EMBED.matcher(player.path()))
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .orElseThrow(() -> new ProblemException(ProblemType.PLATFORM_CHANGED));
  }
}
