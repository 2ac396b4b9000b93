package org.touchstone.resolver.platform.rumble;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
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
import org.touchstone.resolver.platform.Reply;
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
  private static final long ON_AIR = 2;

  /** Answers for a video that does not exist. */
  private static final Set<String> NOTHING = Set.of("", "false", "null", "[]", "{}");

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
    JsonNode video = video(embed);
    if (Nodes.number(video, "live") == ON_AIR) {
      throw new ProblemException(
          ProblemType.LINK_UNSUPPORTED, "Live streams on Rumble are not supported.");
    }
    WebLink best = best(video);
    return new Post(
        link.platform(),
        link.canonical().toString(),
        Nodes.text(video, "author", "name"),
        Nodes.time(video, "pubDate"),
        new PostContext(null, Nodes.text(video, "title"), null, null),
        List.of(PostMedia.of(best)));
  }

  private JsonNode video(String embed) throws IOException {
    Reply reply =
        client.send(
            FetchRequest.get(WebLink.parse(PLAYER + embed)).with("Accept", "application/json"));
    if (reply.isSuccess() && NOTHING.contains(reply.text().strip())) {
      throw new ProblemException(ProblemType.POST_DELETED);
    }
    return PlatformClient.content(reply);
  }

  /**
   * The file, or the playlist of parts where that has more pixels: many videos have only a small
   * file.
   */
  private WebLink best(JsonNode video) {
    List<Encoding> files = encodings(video, "mp4");
    files.addAll(encodings(video, "webm"));
    if (files.isEmpty()) {
      Nodes.link(video, "u", "mp4", "url")
          .ifPresent(url -> files.add(new Encoding(url, 0, pixels(video.path("u").path("mp4")))));
    }
    List<Encoding> playlists = encodings(video, "hls");
    playlists.addAll(encodings(video, "tar"));
    if (playlists.isEmpty()) {
      Nodes.link(video, "u", "hls", "url").ifPresent(url -> playlists.add(new Encoding(url, 0, 0)));
    }
    double seconds = Nodes.number(video, "duration");
    if (playlists.isEmpty()) {
      return Videos.best(files, seconds, maxVideoBytes);
    }
    // The playlist of all sizes does not give its own; it has the whole picture.
    long whole = Nodes.number(video, "w") * Nodes.number(video, "h");
    Encoding playlist =
        playlists.stream()
            .map(e -> e.pixels() > 0 ? e : new Encoding(e.link(), e.bitsPerSecond(), whole))
            .max(Comparator.comparingLong(Encoding::pixels))
            .orElseThrow();
    long largest = files.stream().mapToLong(Encoding::pixels).max().orElse(-1);
    return playlist.pixels() > largest
        ? playlist.link()
        : Videos.best(files, seconds, maxVideoBytes);
  }

  private static List<Encoding> encodings(JsonNode video, String kind) {
    List<Encoding> encodings = new ArrayList<>();
    for (JsonNode file : Nodes.at(video, "ua", kind)) {
      Nodes.link(file, "url")
          .ifPresent(
              url ->
                  encodings.add(
                      new Encoding(
                          url, Nodes.number(file, "meta", "bitrate") * KILO, pixels(file))));
    }
    return encodings;
  }

  private static long pixels(JsonNode file) {
    return Nodes.number(file, "meta", "w") * Nodes.number(file, "meta", "h");
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
