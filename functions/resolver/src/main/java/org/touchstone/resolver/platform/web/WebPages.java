package org.touchstone.resolver.platform.web;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.OpenGraph;
import org.touchstone.resolver.platform.PlatformClient;
import org.touchstone.resolver.platform.PlatformClient.Look;
import org.touchstone.resolver.platform.Walls;
import org.touchstone.resolver.post.Extraction;
import org.touchstone.resolver.post.Extractor;
import org.touchstone.resolver.post.Post;
import org.touchstone.resolver.post.PostMedia;
import org.touchstone.resolver.ytdlp.YtDlpPosts;

/**
 * Links that no platform claims: a file itself, or a web page that names its video, its player or
 * its pictures, in this order. Pages that name none of these, and video pages that name no file,
 * are left to yt-dlp. Redirects are returned, because a platform may claim their target.
 */
public final class WebPages implements Extractor {
  /** The media found at links that no platform claims, for the operators' page. */
  public static final List<Coverage> COVERAGE =
      List.of(
          new Coverage(
              "any web page",
              "`og:video`, `twitter:player`, JSON-LD `VideoObject`, `<video>`, else `og:image`",
              "the page",
              "nothing"),
          new Coverage(
              "video pages that name no file",
              "what yt-dlp finds: one video, no lists, no live streams",
              "yt-dlp",
              "`yt-dlp`"),
          new Coverage(
              "files",
              "images, videos and audio by a direct link; HLS (`.m3u8`) and DASH (`.mpd`)",
              "–",
              "nothing"));

  private static final Pattern FILE =
      Pattern.compile(
          "(?i).*\\.(jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|mp4|m4[av]|mov|3gp|mkv|webm|avi"
              + "|mpe?g|og[gva]|opus|mp3|wav|flac|aac|m3u8|mpd)");

  /** Problems by which yt-dlp says that it does not know a page. */
  private static final Set<ProblemType> KNOWS_NOTHING =
      Set.of(ProblemType.LINK_UNSUPPORTED, ProblemType.POST_NO_MEDIA, ProblemType.PLATFORM_CHANGED);

  private final PlatformClient client;
  private final YtDlpPosts ytDlp;
  private final Predicate<WebLink> claimed;
  private final DirectLinkExtractor files = new DirectLinkExtractor();

  /**
   * @param ytDlp reads pages that do not name their video's file
   * @param claimed whether a platform claims a link
   */
  public WebPages(PlatformClient client, YtDlpPosts ytDlp, Predicate<WebLink> claimed) {
    this.client = client;
    this.ytDlp = ytDlp;
    this.claimed = claimed;
  }

  @Override
  public String platform() {
    return DirectLinkExtractor.WEB;
  }

  @Override
  public boolean claims(WebLink link) {
    return true;
  }

  @Override
  public Extraction extract(WebLink link) throws IOException {
    if (FILE.matcher(link.path()).matches()) {
      return files.extract(link);
    }
    Optional<Problem> wall = Walls.at(link);
    if (wall.isPresent()) {
      throw new ProblemException(wall.get());
    }
    Look look = client.look(link);
    if (look.reply().location() != null) {
      return new Extraction.Elsewhere(PlatformClient.beyond(link, look.reply().location()));
    }
    // A rejected or missing file shows as such when it is fetched.
    if (!look.isPage() || !look.reply().isSuccess()) {
      return files.extract(link);
    }
    Document page = look.reply().html();
    Walls.refuse(link, page);
    return ofPage(link, new OpenGraph(link, page));
  }

  private Extraction ofPage(WebLink link, OpenGraph page) throws IOException {
    Optional<WebLink> file = page.videos().stream().findFirst();
    if (file.isPresent()) {
      return post(link, page, List.of(PostMedia.of(file.get())));
    }
    if (page.isOfProfile()) {
      throw new ProblemException(
          ProblemType.LINK_UNSUPPORTED,
          "This link leads to a profile, not to a post; link to one of its posts.");
    }
    if (page.isOfVideo() || page.images().isEmpty()) {
      return video(link, page.player());
    }
    String altText = page.meta("og:image:alt");
    return post(
        link, page, page.images().stream().map(image -> PostMedia.of(image, altText)).toList());
  }

  private static Post post(WebLink link, OpenGraph page, List<PostMedia> media) {
    return new Post(
        DirectLinkExtractor.WEB,
        link.toString(),
        page.author(),
        page.publishedAt(),
        page.context(),
        media);
  }

  /** Extracts a video that the page shows without naming its file. */
  private Extraction video(WebLink link, Optional<WebLink> player) throws IOException {
    if (player.isPresent() && (ytDlp.isMissing() || claimed.test(player.get()))) {
      return new Extraction.Elsewhere(player.get());
    }
    try {
      return client.posts().get(link.toString(), () -> ytDlp.find(DirectLinkExtractor.WEB, link));
    } catch (ProblemException e) {
      if (player.isPresent() && KNOWS_NOTHING.contains(e.problem().type())) {
        return new Extraction.Elsewhere(player.get());
      }
      throw e;
    }
  }
}
