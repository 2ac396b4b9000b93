package org.touchstone.resolver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.PostContext;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.link.WebLink;
import org.touchstone.resolver.post.Post;

/**
 * A web page's description of itself for others to show: Open Graph, Twitter cards, schema.org in
 * JSON-LD, and HTML's own media elements.
 */
public final class OpenGraph {
  private static final Pattern VIDEO_FILE =
      Pattern.compile("(?i).*\\.(mp4|m4v|webm|mov|ogv|m3u8|mpd)");
  private static final Pattern VIDEO_TYPE =
      Pattern.compile("(?i)video/.*|application/(x-mpegurl|vnd\\.apple\\.mpegurl|dash\\+xml)");

  /** An address of one video, by a whole part of its path. */
  private static final Pattern OF_VIDEO =
      Pattern.compile("(?i)(?:/.*)?/(?:videos?|watch|reels?|shorts|clips?)(?:/.*|\\.php)?");

  /** An address of an account, by its whole path. */
  private static final Pattern PROFILE =
      Pattern.compile("(?i)/(?:@[^/]+|(?:users?|u|profiles?|accounts|people)/[^/]+)/?");

  private static final String LINKED_DATA = "application/ld+json";

  private final WebLink link;
  private final Document page;

  /**
   * @param link where the page was found
   */
  public OpenGraph(WebLink link, Document page) {
    this.link = link;
    this.page = page;
  }

  /** Video files, the most reliable source first; empty when none is named. */
  public List<WebLink> videos() {
    Set<WebLink> found = new LinkedHashSet<>();
    linkedVideo().flatMap(video -> resolve(Nodes.text(video, "contentUrl"))).ifPresent(found::add);
    String type = meta("og:video:type");
    for (String name : List.of("og:video:secure_url", "og:video:url", "og:video")) {
      resolve(meta(name))
          .filter(
              video ->
                  (type != null && VIDEO_TYPE.matcher(type).matches())
                      || VIDEO_FILE.matcher(video.path()).matches())
          .ifPresent(found::add);
    }
    resolve(meta("twitter:player:stream")).ifPresent(found::add);
    for (Element element :
        page.select("video[src], video source[src], audio[src], audio source[src]")) {
      resolve(element.attr("src")).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /** The page of the video's player, where the page names only that. */
  public Optional<WebLink> player() {
    return resolve(meta("twitter:player"))
        .or(() -> linkedVideo().flatMap(video -> resolve(Nodes.text(video, "embedUrl"))))
        .or(() -> resolve(meta("og:video:url")))
        .or(() -> resolve(meta("og:video")))
        .filter(player -> !player.equals(link));
  }

  /** Whether the page shows a video, so that its pictures are only covers of the video. */
  public boolean isOfVideo() {
    String type = meta("og:type");
    return (type != null && type.startsWith("video"))
        || player().isPresent()
        || Stream.concat(Stream.of(link), ownAddresses().stream())
            .anyMatch(address -> OF_VIDEO.matcher(address.path()).matches());
  }

  /** Whether the page calls itself the first page of its site. */
  public boolean isOfHome() {
    return !link.path().equals("/")
        && ownAddresses().stream().anyMatch(address -> address.path().equals("/"));
  }

  /** Whether the page is that of a person or an account rather than of something posted. */
  public boolean isOfProfile() {
    return "profile".equals(meta("og:type")) || PROFILE.matcher(link.path()).matches();
  }

  private Set<WebLink> ownAddresses() {
    String url = meta("og:url");
    return addresses(link, page.select("link[rel=canonical]").attr("href"), url == null ? "" : url);
  }

  /**
   * The pictures that represent the page; without its site's logo and icon, and without the
   * pictures of profiles. Of very many, one more than a post may have is looked at.
   */
  public List<WebLink> images() {
    Set<WebLink> found = new LinkedHashSet<>();
    for (Element element : page.select("meta[property=og:image], meta[name=og:image]")) {
      if (found.size() > Post.MAX_MEDIA) {
        break;
      }
      resolve(element.attr("content")).ifPresent(found::add);
    }
    if (found.isEmpty()) {
      resolve(meta("og:image:url")).or(() -> resolve(meta("twitter:image"))).ifPresent(found::add);
    }
    Set<WebLink> icons = StandIns.named(link, page);
    found.removeIf(image -> icons.contains(image) || StandIns.isOne(image));
    return List.copyOf(found);
  }

  /** The property's first value; absent when there is none. */
  public String meta(String name) {
    for (String attribute : List.of("property", "name")) {
      String content = page.select("meta[" + attribute + "=" + name + "]").attr("content");
      if (!content.isBlank()) {
        return content.strip();
      }
    }
    return null;
  }

  /** The author, when the page names one. */
  public String author() {
    return meta("author");
  }

  /** The time of publication, when the page gives it. */
  public Instant publishedAt() {
    Instant time = Nodes.time(meta("article:published_time"));
    return time != null
        ? time
        : linkedVideo().map(video -> Nodes.time(video, "uploadDate")).orElse(null);
  }

  /** Title and description. */
  public PostContext context() {
    List<String> texts = new ArrayList<>();
    for (String name : List.of("og:title", "og:description")) {
      String text = meta(name);
      if (text != null && !texts.contains(text)) {
        texts.add(text);
      }
    }
    return new PostContext(
        null, String.join("\n\n", texts), page.select("html").attr("lang"), null);
  }

  private Optional<JsonNode> linkedVideo() {
    for (JsonNode data : PageData.scripts(page, LINKED_DATA)) {
      Optional<JsonNode> video = Nodes.find(data, OpenGraph::isVideoObject);
      if (video.isPresent()) {
        return video;
      }
    }
    return Optional.empty();
  }

  private static boolean isVideoObject(JsonNode node) {
    JsonNode type = node.path("@type");
    if (type.isArray()) {
      for (JsonNode one : type) {
        if (one.asText().equals("VideoObject")) {
          return true;
        }
      }
    }
    return type.asText().equals("VideoObject");
  }

  private Optional<WebLink> resolve(String reference) {
    return reference == null ? Optional.empty() : addresses(link, reference).stream().findFirst();
  }

  /** The references of a page as addresses, without those that are none. */
  static Set<WebLink> addresses(WebLink page, String... references) {
    Set<WebLink> addresses = new LinkedHashSet<>();
    for (String reference : references) {
      if (reference.isBlank() || reference.startsWith("data:")) {
        continue;
      }
      try {
        addresses.add(page.resolve(reference));
      } catch (ProblemException notALink) {
        continue;
      }
    }
    return addresses;
  }
}
