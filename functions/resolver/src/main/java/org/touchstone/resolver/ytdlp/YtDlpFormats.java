package org.touchstone.resolver.ytdlp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.youtube.YouTubeLinks;
import org.touchstone.resolver.post.PostMedia;

/**
 * Chooses among the formats that yt-dlp found: first a whole file that Touchstone fetches itself,
 * then picture and sound that it fetches itself, then segments that yt-dlp must combine.
 */
final class YtDlpFormats {
  private static final Set<String> FILES = Set.of("http", "https");

  /** The only headers passed on to servers; they reveal only the origin and the client. */
  private static final Set<String> HEADERS = Set.of("Referer", "Origin", "User-Agent");

  private static final int MAX_FORMATS = 1000;
  private static final int KILO = 1000;
  private static final int BITS_PER_BYTE = 8;

  private final YtDlp ytDlp;
  private final WebLink page;
  private final List<Format> formats = new ArrayList<>();
  private boolean tooLarge;

  /**
   * One format, and whether it has each track; a track that yt-dlp does not know counts as present.
   */
  private record Format(
      String id,
      String protocol,
      WebLink link,
      Map<String, String> headers,
      boolean picture,
      boolean sound,
      double kilobits,
      long pixels) {}

  /**
   * @param page the link to request when yt-dlp must download the bytes
   * @param video yt-dlp's description of one video
   */
  YtDlpFormats(YtDlp ytDlp, WebLink page, JsonNode video) {
    this.ytDlp = ytDlp;
    this.page = page;
    double seconds = video.path("duration").asDouble(0);
    JsonNode listed = video.path("formats");
    if (listed.isArray() && !listed.isEmpty()) {
      for (int i = 0; i < Math.min(MAX_FORMATS, listed.size()); i++) {
        add(listed.get(i), seconds);
      }
    } else {
      add(video, seconds);
    }
  }

  private void add(JsonNode node, double seconds) {
    Optional<WebLink> link = Nodes.link(node, "url");
    String protocol = Nodes.text(node, "protocol");
    if (link.isEmpty() || protocol == null || node.path("has_drm").asBoolean(false)) {
      return;
    }
    if (YouTubeLinks.TABLE.claims(link.get())) {
      throw YtDlp.youTube();
    }
    double kilobits = node.path("tbr").asDouble(0);
    long bytes = Nodes.number(node, "filesize");
    if (bytes == 0) {
      bytes = (long) (seconds * kilobits * KILO / BITS_PER_BYTE);
    }
    if (bytes > ytDlp.maxFileBytes()) {
      tooLarge = true;
      return;
    }
    formats.add(
        new Format(
            Nodes.text(node, "format_id"),
            protocol,
            link.get(),
            headers(node.path("http_headers")),
            !"none".equals(Nodes.text(node, "vcodec")),
            !"none".equals(Nodes.text(node, "acodec")),
            kilobits,
            Nodes.number(node, "width") * Nodes.number(node, "height")));
  }

  private static Map<String, String> headers(JsonNode node) {
    Map<String, String> headers = new HashMap<>();
    for (String name : HEADERS) {
      String value = Nodes.text(node, name);
      if (value != null && value.matches("[ -~]{1,1000}")) {
        headers.put(name, value);
      }
    }
    return headers;
  }

  /**
   * The best medium.
   *
   * @throws ProblemException {@link ProblemType#MEDIA_TOO_LARGE}, {@link
   *     ProblemType#POST_NO_MEDIA}; {@link ProblemType#PLATFORM_EXCLUDED} for YouTube
   */
  PostMedia best() {
    return whole()
        .or(this::apart)
        .or(this::segmented)
        .or(this::silentOrUnseen)
        .orElseThrow(
            () ->
                new ProblemException(
                    tooLarge ? ProblemType.MEDIA_TOO_LARGE : ProblemType.POST_NO_MEDIA));
  }

  /** Whether the video has more than sound. */
  boolean hasPicture() {
    return formats.stream().anyMatch(Format::picture);
  }

  private Optional<PostMedia> whole() {
    return best(f -> FILES.contains(f.protocol()) && f.picture() && f.sound())
        .map(YtDlpFormats::fetched);
  }

  private Optional<PostMedia> apart() {
    Optional<Format> picture = best(f -> FILES.contains(f.protocol()) && f.picture() && !f.sound());
    return best(f -> FILES.contains(f.protocol()) && !f.picture() && f.sound())
        .flatMap(
            sound -> picture.map(p -> new PostMedia(p.link(), sound.link(), p.headers(), null)));
  }

  private Optional<PostMedia> segmented() {
    Optional<PostMedia> whole =
        best(f -> isSegmented(f) && f.picture() && f.sound()).map(f -> brought(f, null));
    return whole.or(
        () ->
            best(f -> isSegmented(f) && f.picture() && !f.sound())
                .flatMap(
                    picture ->
                        best(f -> isSegmented(f) && !f.picture() && f.sound())
                            .map(sound -> brought(picture, sound))));
  }

  /** The medium with only one kind of track. */
  private Optional<PostMedia> silentOrUnseen() {
    return best(f -> FILES.contains(f.protocol()) && f.picture())
        .or(() -> best(f -> FILES.contains(f.protocol()) && f.sound()))
        .map(YtDlpFormats::fetched)
        .or(
            () ->
                best(f -> isSegmented(f) && f.picture())
                    .or(() -> best(f -> isSegmented(f) && f.sound()))
                    .map(f -> brought(f, null)));
  }

  private static boolean isSegmented(Format format) {
    return YtDlpCommand.SEGMENTED.contains(format.protocol())
        && YtDlpCommand.canAskFor(format.id());
  }

  private Optional<Format> best(Predicate<Format> wanted) {
    // yt-dlp lists better formats later; of equal formats the last is kept.
    return formats.stream()
        .filter(wanted)
        .reduce(
            (a, b) ->
                Comparator.comparingLong(Format::pixels)
                            .thenComparingDouble(Format::kilobits)
                            .compare(a, b)
                        > 0
                    ? a
                    : b);
  }

  private static PostMedia fetched(Format format) {
    return new PostMedia(format.link(), null, format.headers(), null);
  }

  private PostMedia brought(Format picture, Format sound) {
    return new PostMedia(
        page,
        sound == null ? null : page,
        Map.of(),
        null,
        new PostMedia.Brought(
            longest -> ytDlp.download(page, picture.id(), longest),
            sound == null ? null : longest -> ytDlp.download(page, sound.id(), longest)));
  }
}
