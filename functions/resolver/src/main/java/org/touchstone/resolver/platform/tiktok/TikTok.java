package org.touchstone.resolver.platform.tiktok;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.touchstone.domain.PostContext;
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
import org.touchstone.resolver.platform.Strategy;
import org.touchstone.resolver.platform.Videos;
import org.touchstone.resolver.platform.Videos.Encoding;
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
    if (item.path("isContentClassified").asBoolean(false)) {
      throw new ProblemException(ProblemType.POST_AGE_RESTRICTED);
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
            null),
        photos ? photos(item) : List.of(video(item.path("video"), page)));
  }

  private static List<PostMedia> photos(JsonNode item) {
    List<PostMedia> media = new ArrayList<>();
    for (JsonNode image : Nodes.at(item, "imagePost", "images")) {
      Nodes.link(Nodes.at(image, "imageURL", "urlList").path(0))
          .ifPresent(link -> media.add(PostMedia.of(link)));
    }
    return media;
  }

  private PostMedia video(JsonNode video, Page page) {
    List<Encoding> encodings = new ArrayList<>();
    for (JsonNode variant : video.path("bitrateInfo")) {
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
    if (encodings.isEmpty()) {
      Optional<WebLink> link =
          Nodes.link(video, "playAddr").or(() -> Nodes.link(video, "downloadAddr"));
      link.ifPresent(found -> encodings.add(new Encoding(found, 0, 0)));
    }
    WebLink best = Videos.best(encodings, Nodes.number(video, "duration"), maxVideoBytes);
    String cookies = cookies(page);
    return PostMedia.of(best)
        .withHeaders(
            cookies.isEmpty()
                ? Map.of("Referer", REFERER)
                : Map.of("Referer", REFERER, "Cookie", cookies));
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
    if (detail.isMissingNode() || status == 0) {
      return new ProblemException(ProblemType.PLATFORM_CHANGED);
    }
    return new ProblemException(
        status == PRIVATE_POST || status == PRIVATE_ACCOUNT
            ? ProblemType.POST_PRIVATE
            : ProblemType.POST_UNAVAILABLE);
  }
}
