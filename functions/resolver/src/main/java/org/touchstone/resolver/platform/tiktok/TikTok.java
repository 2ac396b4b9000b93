package org.touchstone.resolver.platform.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.touchstone.domain.DeclaredAi;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.link.PostLink;
import org.touchstone.resolver.platform.Coverage;
import org.touchstone.resolver.platform.Nodes;
import org.touchstone.resolver.platform.Page;
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

/**
 * TikTok's page of a post. Photo posts are also served at a video's address. The video files
 * require the cookies that came with the page.
 */
public final class TikTok implements Strategy {
  /** The platform's entry in the registry. */
  public static final Platform PLATFORM =
      new Platform(
          TikTokLinks.TABLE,
          List.of(
              new Coverage(
                  "TikTok",
                  "videos, photo posts, short links",
                  "the data within the post's page; yt-dlp as the last resort for videos",
                  "nothing")),
          tools ->
              extractor(tools.client(), tools.maxVideoBytes())
                  .withLastResort(tools.lastResort(), "video"));

  private static final String DATA = "__UNIVERSAL_DATA_FOR_REHYDRATION__";
  private static final String REFERER = "https://www.tiktok.com/";
  private static final long PRIVATE_POST = 10216;
  private static final long PRIVATE_ACCOUNT = 10222;
  private static final Pattern UNREADABLE = Pattern.compile("(?i)bytevc2|h266|vvc");
  private static final int MAX_COOKIES = 20;
  private static final String PAGE = "https://www.tiktok.com/@_/video/";

  private final PlatformClient client;
  private final long maxVideoBytes;

  private TikTok(PlatformClient client, long maxVideoBytes) {
    this.client = client;
    this.maxVideoBytes = maxVideoBytes;
  }

  /**
   * @param maxVideoBytes largest accepted video
   */
  private static PlatformExtractor extractor(PlatformClient client, long maxVideoBytes) {
    return new PlatformExtractor(
        TikTokLinks.TABLE, client, List.of(new TikTok(client, maxVideoBytes)));
  }

  @Override
  public Post extract(PostLink link) throws IOException {
    String id = link.id("id");
    Page page = client.page(WebLink.parse(PAGE + id));
    Element script = page.html().getElementById(DATA);
    if (script == null) {
      throw new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    JsonNode detail =
        Nodes.at(PageData.parse(script.data()), "__DEFAULT_SCOPE__", "webapp.video-detail");
    JsonNode item = Nodes.at(detail, "itemInfo", "itemStruct");
    if (Nodes.text(item, "id") == null) {
      throw problem(Nodes.number(detail, "statusCode"), detail);
    }
    String user = Nodes.text(item, "author", "uniqueId");
    boolean photos = item.path("imagePost").isObject();
    return new Post(
        link.platform(),
        user == null
            ? link.canonical().toString()
            : "https://www.tiktok.com/@" + user + (photos ? "/photo/" : "/video/") + id,
        user,
        Nodes.epochSeconds(item, "createTime"),
        new PostContext(
                Nodes.text(item, "author", "id"),
                Nodes.text(item, "desc"),
                Nodes.text(item, "textLanguage"),
                null)
            .with(label(item)),
        photos ? photos(item) : video(item, page));
  }

  /** TikTok's label has type 1 or 2; 0 is none. It does not tell who chose it. */
  private static DeclaredAi label(JsonNode item) {
    long type = item.path("aigcLabelType").asLong(0);
    if (type == 1 || type == 2) {
      return new DeclaredAi(DeclaredAi.Extent.GENERATED, null, "aigcLabelType " + type);
    }
    String description = Nodes.text(item, "AIGCDescription");
    return description == null || description.isBlank()
        ? null
        : new DeclaredAi(DeclaredAi.Extent.GENERATED, null, "AIGCDescription");
  }

  private static FoundMedia photos(JsonNode item) {
    FoundMedia media = new FoundMedia();
    for (JsonNode image : Nodes.at(item, "imagePost", "images")) {
      Nodes.link(Nodes.at(image, "imageURL", "urlList").path(0))
          .ifPresentOrElse(
              link -> media.add(PostMedia.of(link)), () -> media.miss(PostProblems.NOT_SHOWN));
    }
    return media;
  }

  /**
   * The video, also one that is marked as not for everybody: TikTok plays it to guests all the
   * same, and an analysis shows it to nobody.
   */
  private FoundMedia video(JsonNode item, Page page) {
    JsonNode video = item.path("video");
    List<Encoding> encodings = encodings(video);
    if (encodings.isEmpty() && item.path("isContentClassified").asBoolean(false)) {
      throw new ProblemException(ProblemType.POST_AGE_RESTRICTED);
    }
    WebLink best = Videos.best(encodings, Nodes.number(video, "duration"), maxVideoBytes);
    String cookies = cookies(page);
    FoundMedia media = new FoundMedia();
    media.add(
        PostMedia.of(best)
            .withHeaders(
                cookies.isEmpty()
                    ? Map.of("Referer", REFERER)
                    : Map.of("Referer", REFERER, "Cookie", cookies)));
    return media;
  }

  private static List<Encoding> encodings(JsonNode video) {
    List<Encoding> encodings = new ArrayList<>();
    boolean isSomeUnreadable = false;
    for (JsonNode variant : video.path("bitrateInfo")) {
      if (isUnreadable(variant)) {
        isSomeUnreadable = true;
        continue;
      }
      Nodes.link(Nodes.at(variant, "PlayAddr", "UrlList").path(0))
          .ifPresent(
              link ->
                  encodings.add(
                      new Encoding(
                          link,
                          Nodes.number(variant, "Bitrate"),
                          Nodes.number(variant, "PlayAddr", "Width")
                              * Nodes.number(variant, "PlayAddr", "Height"))));
    }
    if (encodings.isEmpty() && !isUnreadable(video)) {
      address(video.path("playAddr"))
          .or(() -> address(video.path("PlayAddrStruct")))
          .or(() -> address(video.path("downloadAddr")))
          .ifPresent(found -> encodings.add(new Encoding(found, 0, 0)));
    }
    if (encodings.isEmpty() && (isSomeUnreadable || isUnreadable(video))) {
      throw new ProblemException(
          ProblemType.MEDIA_UNSUPPORTED, "TikTok offers this video only in a format of its own.");
    }
    return encodings;
  }

  /** A text, a list of objects with {@code src}, or an object with {@code UrlList}. */
  private static Optional<WebLink> address(JsonNode place) {
    if (place.isArray()) {
      return Nodes.link(place.path(0), "src").or(() -> Nodes.link(place.path(0)));
    }
    return Nodes.link(place).or(() -> Nodes.link(place.path("UrlList").path(0)));
  }

  /** Whether a video is encoded as bytevc2, TikTok's form of H.266, which nothing here decodes. */
  private static boolean isUnreadable(JsonNode encoding) {
    return Stream.of(
            Nodes.text(encoding, "CodecType"),
            Nodes.text(encoding, "codecType"),
            Nodes.text(encoding, "GearName"),
            Nodes.text(encoding, "PlayAddr", "UrlKey"))
        .anyMatch(name -> name != null && UNREADABLE.matcher(name).find());
  }

  private static String cookies(Page page) {
    return page.headers().getOrDefault("set-cookie", List.of()).stream()
        .map(cookie -> cookie.split(";", 2)[0].strip())
        .filter(cookie -> cookie.matches("[\\x21-\\x7E&&[^;,]]{1,2000}"))
        .limit(MAX_COOKIES)
        .collect(Collectors.joining("; "));
  }

  /** The problem for one of TikTok's own status codes for a post. */
  private static ProblemException problem(long status, JsonNode detail) {
    if (detail.isMissingNode() || (status == 0 && !detail.path("itemInfo").isObject())) {
      return new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    if (status == PRIVATE_POST || status == PRIVATE_ACCOUNT) {
      return new ProblemException(ProblemType.POST_PRIVATE);
    }
    return new ProblemException(
        PostProblems.said(Nodes.text(detail, "statusMsg"))
            .orElse(Problem.of(ProblemType.POST_UNAVAILABLE)));
  }
}
