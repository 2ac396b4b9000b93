package org.touchstone.resolver.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.link.WebLink;

/**
 * Pictures that a page names where a post has none of its own: the site's logo or icon, or the
 * picture of a profile.
 */
final class StandIns {
  /** Known places: host and path. */
  private static final List<Pattern> PLACES =
      List.of(
          // Facebook, Instagram and Threads keep their own pictures here.
          Pattern.compile("static(?:\\.[a-z0-9-]+)*\\.(?:fbcdn\\.net|cdninstagram\\.com)/.*"),
          Pattern.compile(
              "(?:[a-z0-9-]+\\.)*(?:facebook|instagram|threads)\\.(?:com|net)/"
                  + "(?:images|static|rsrc\\.php)/.*"),
          // The number that ends this part of the path is that of profiles' pictures.
          Pattern.compile(
              "(?:[a-z0-9-]+\\.)*(?:fbcdn\\.net|cdninstagram\\.com)/.*/t[0-9]+\\.[0-9]+-(?:1|19)/.*"),
          Pattern.compile("graph\\.facebook\\.com/.*/picture.*"),
          Pattern.compile("abs\\.twimg\\.com/.*"),
          Pattern.compile("pbs\\.twimg\\.com/profile_(?:images|banners)/.*"),
          Pattern.compile("(?:www\\.)?redditstatic\\.com/.*"),
          Pattern.compile("styles\\.redditmedia\\.com/.*"),
          Pattern.compile("static\\.licdn\\.com/.*"),
          Pattern.compile(
              "media\\.licdn\\.com/.*(?:profile-displayphoto|company-logo|"
                  + "profile-displaybackgroundimage).*"),
          Pattern.compile("(?:[a-z0-9-]+\\.)*ttwstatic\\.com/.*"),
          Pattern.compile("(?:[a-z0-9-]+\\.)*tiktokcdn(?:-[a-z]+)?\\.com/.*-avt-.*"),
          Pattern.compile("cdn\\.bsky\\.app/img/(?:avatar|banner).*"),
          Pattern.compile("(?:[a-z0-9-]+\\.)*bsky\\.(?:app|social)/static/.*"),
          Pattern.compile("(?:www\\.)?telegram\\.org/img/.*"),
          Pattern.compile("(?:ssl|www)\\.gstatic\\.com/.*"),
          Pattern.compile("lh[0-9]\\.googleusercontent\\.com/a/.*"),
          Pattern.compile("yt[0-9]\\.(?:ggpht|googleusercontent)\\.com/.*"));

  /** Parts of paths by which servers of many sites keep profiles' pictures and their own icons. */
  private static final Pattern PART =
      Pattern.compile(
          "avatars?|headers|profile_(?:images|pictures?|photos?)|profile-(?:images|pictures?|photos?)"
              + "|userpics?|site_uploads|favicons?|apple-touch-icons?|rsrc\\.php");

  /** A file's name that means the site itself. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?:site|og|share|social|default|brand|header|app|main|fb|facebook|twitter|instagram"
              + "|tiktok|linkedin|reddit|threads)[-_]?)?"
              + "(?:logo|logotype|favicon|icon|avatar|apple-touch-icon|android-chrome|mstile)"
              + "(?:[-_@.]?(?:[0-9x]|default|square|big|large|og|share|social|dark|light|white))*+"
              + "(?:\\.svg)?\\.[a-z]{3,4}");

  /** Most characters of such a name. */
  private static final int MAX_NAME = 80;

  /** Most characters of a link's relations that are looked at; pages name a few short words. */
  private static final int MAX_RELATIONS = 300;

  private static final int MAX_RELATION = 40;

  private StandIns() {}

  /** Whether the picture at this address stands in for a post's own. */
  static boolean isOne(WebLink picture) {
    String path = picture.path().toLowerCase(Locale.ROOT);
    String address = picture.host() + path;
    String[] parts = path.split("/");
    return path.endsWith(".ico")
        || PLACES.stream().anyMatch(place -> place.matcher(address).matches())
        || List.of(parts).stream().anyMatch(part -> PART.matcher(part).matches())
        || (parts.length > 0 && isNameOfSite(parts[parts.length - 1]));
  }

  private static boolean isNameOfSite(String name) {
    return name.length() <= MAX_NAME && NAME.matcher(name).matches();
  }

  /** The pictures that a page itself calls its site's icon or its publisher's logo. */
  static Set<WebLink> named(WebLink link, Document page) {
    Set<WebLink> named = new HashSet<>();
    for (Element icon : page.select("link[rel][href]")) {
      if (isIcon(icon.attr("rel"))) {
        named.addAll(OpenGraph.addresses(link, icon.attr("href")));
      }
    }
    for (JsonNode data : PageData.scripts(page, "application/ld+json")) {
      Nodes.find(data, node -> node.has("logo"))
          .map(node -> node.path("logo"))
          .map(logo -> logo.isObject() ? Nodes.text(logo, "url") : Nodes.text(logo))
          .ifPresent(logo -> named.addAll(OpenGraph.addresses(link, logo)));
    }
    return named;
  }

  /** Whether one of a link's relations is {@code icon}, also as a part of a compound word. */
  private static boolean isIcon(String relations) {
    String first = relations.substring(0, Math.min(relations.length(), MAX_RELATIONS));
    return Stream.of(first.toLowerCase(Locale.ROOT).split("\\s+"))
        .filter(relation -> relation.length() <= MAX_RELATION)
        .anyMatch(relation -> List.of(relation.split("-")).contains("icon"));
  }
}
