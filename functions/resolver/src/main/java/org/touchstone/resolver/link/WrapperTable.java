package org.touchstone.resolver.link;

import static org.touchstone.resolver.link.Wrapper.at;
import static org.touchstone.resolver.link.Wrapper.parameter;
import static org.touchstone.resolver.link.Wrapper.query;
import static org.touchstone.resolver.link.Wrapper.rest;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.touchstone.domain.link.WebLink;

/**
 * All links that carry another link: trackers, warnings, sign-in pages, archives, share buttons.
 */
final class WrapperTable {
  private static final String GOOGLE = "(?:www\\.|m\\.)?google(?:\\.[a-z]{2,3}){1,2}";
  private static final String FACEBOOK = "(?:[a-z0-9-]+\\.)?facebook\\.com";
  private static final String INSTAGRAM = "(?:[a-z]+\\.)?instagram\\.com";
  private static final String X = "(?:www\\.|mobile\\.|m\\.)?(?:x|twitter)\\.com";
  private static final String TELEGRAM = "(?:www\\.)?(?:t|telegram)\\.me";
  private static final String TIKTOK = "(?:[a-z0-9]+\\.)?tiktok\\.com";
  private static final String REDDIT = "(?:[a-z]+\\.)?reddit\\.com";
  private static final String LINKEDIN = "(?:[a-z]+\\.)?linkedin\\.com";
  private static final String ARCHIVE_TODAY = "archive\\.(?:today|ph|is|li|md|vn|fo)";
  private static final String ANY = ".*";

  private static final Map<String, String> PLATFORMS =
      Map.of(
          "nitter", "https://x.com",
          "redlib", "https://www.reddit.com",
          "libreddit", "https://www.reddit.com",
          "teddit", "https://www.reddit.com",
          "proxitok", "https://www.tiktok.com");

  private static final Pattern FRONT_END =
      Pattern.compile("/(?:_/)?(nitter|redlib|libreddit|teddit|proxitok)(/.*)");

  private static final List<Wrapper> SOCIAL =
      List.of(
          parameter(FACEBOOK, "/l\\.php|/flx/warn|/linkshim.*", "u"),
          parameter(FACEBOOK, "/(?:sharer(?:/.*)?|share\\.php|sharer\\.php)", "u"),
          parameter(FACEBOOK, "/(?:v[0-9.]+/)?dialog/(?:share|feed|send)", "href", "link"),
          parameter(FACEBOOK, "/(?:v[0-9.]+/)?plugins/[a-z_]+\\.php", "href"),
          parameter(FACEBOOK, "/(?:login|checkpoint)(?:\\.php|/.*)?", "next"),
          parameter(FACEBOOK, "/.*(?:consent|cookie).*", "next_uri", "next"),
          parameter(FACEBOOK, "/.*safe_image\\.php", "url"),
          parameter(".*\\.fbcdn\\.net", ".*/safe_image\\.php", "url"),
          parameter("l\\.instagram\\.com|l\\.threads\\.(?:net|com)|l\\.wl\\.co", "/.*", "u"),
          parameter("lm?\\.(?:messenger|whatsapp|workplace)\\.com", "/.*", "u"),
          parameter(
              INSTAGRAM, "/(?:accounts/[a-z_]+|challenge|consent|linkshim)(?:/.*)?", "next", "u"),
          parameter("(?:www\\.)?threads\\.(?:net|com)", "/login(?:/.*)?", "next"),
          parameter("(?:www\\.)?threads\\.(?:net|com)", "/intent/post", "url", "text"),
          parameter("wa\\.me|(?:api|web)\\.whatsapp\\.com", "/.*", "text"),
          parameter(X, "/(?:intent/(?:tweet|post)|share|home)", "url", "text", "status"),
          parameter(X, "/(?:i/flow/)?(?:login|signup)", "redirect_after_login"),
          parameter(X, "/(?:i/)?(?:safety/unsafe_link_warning|redirect)", "unsafe_link", "url"),
          parameter("publish\\.(?:x|twitter)\\.com", "/.*", "query", "url"),
          parameter(TELEGRAM, "/iv", "url"),
          parameter(TELEGRAM, "/share(?:/url)?", "url", "text"),
          parameter(TIKTOK, "/link/v2", "target"),
          parameter(TIKTOK, "/(?:login|signup|passport)(?:/.*)?", "redirect_url", "enter_url"),
          parameter("out\\.reddit\\.com", "/.*", "url"),
          parameter(REDDIT, "/media|/submit", "url"),
          parameter(REDDIT, "/(?:login|register|over18|verification)(?:/.*)?", "dest"),
          parameter(
              "reddit\\.app\\.link", "/.*", "$og_redirect", "$canonical_url", "$deeplink_path"),
          parameter("(?:www\\.|m\\.)?youtube\\.com", "/redirect", "q"),
          parameter("(?:www\\.|m\\.)?youtube\\.com", "/attribution_link", "u"),
          parameter("t\\.umblr\\.com", "/redirect", "z"),
          parameter(
              "(?:www\\.)?tumblr\\.com",
              "/(?:share/link|widgets/.*|safe-mode)",
              "canonicalUrl",
              "url"),
          parameter(LINKEDIN, "/(?:redir/.*|safety/go|shareArticle|sharing/share-offsite)", "url"),
          parameter(
              LINKEDIN,
              "/(?:authwall|login|uas/login|signup/.*|checkpoint/.*)",
              "sessionRedirect",
              "session_redirect"),
          parameter("(?:www\\.)?bsky\\.app", "/intent/compose", "text"),
          parameter("go\\.bsky\\.app", "/redirect", "u"),
          parameter("(?:m\\.|away\\.)?vk\\.(?:com|ru)", "/away(?:\\.php)?", "to"),
          parameter("(?:m\\.)?vk\\.(?:com|ru)", "/share\\.php", "url"),
          parameter("(?:www\\.|m\\.|connect\\.)?ok\\.ru", "/(?:dk|offer)", "st.link", "url"),
          parameter("(?:www\\.)?pinterest\\.[a-z.]+", "/(?:pin/create/.*|offsite)", "url"),
          parameter("(?:service|passport|weibo)\\.weibo\\.(?:com|cn)", "/.*", "url"),
          parameter("(?:www\\.)?weibo\\.cn", "/sinaurl", "u", "toasturl"),
          parameter("social-plugins\\.line\\.me", "/lineit/share", "url"),
          query("line\\.me", "/R/(?:msg|share)/text"),
          parameter("(?:www\\.)?snapchat\\.com", "/scan|/share", "attachmentUrl", "link"),
          parameter("steamcommunity\\.com", "/linkfilter", "url", "u"),
          rest("steamcommunity\\.com", "/linkfilter/(https?:.+)"),
          parameter("slack-redir\\.(?:net|com)", "/link", "url"),
          // The value ends with a checksum.
          parameter(
              "disq\\.us|links\\.disqus\\.com",
              "/(?:url|link|p)",
              value -> value.replaceFirst(":[A-Za-z0-9_-]{20,40}$", ""),
              "url"),
          parameter("medium\\.com", "/(?:r|m/global-identity.*)", "url", "redirectUrl"),
          parameter("exit\\.sc|gate\\.sc", "/", "url"),
          parameter("getpocket\\.com", "/(?:redirect|save|edit)", "url"),
          parameter("skyview\\.social", "/", "url"),
          // How servers of ActivityPub let a person answer from another server.
          parameter(ANY, "/authorize_interaction", "uri"));

  private static final List<Wrapper> SEARCH =
      List.of(
          parameter(GOOGLE, "/url|/interstitial", "url", "q"),
          parameter("plus\\.url\\.google\\.com", "/url", "q", "url"),
          parameter(GOOGLE + "|images\\.google\\.com", "/imgres", "imgurl"),
          parameter(GOOGLE, "/searchbyimage(?:/.*)?", "image_url"),
          parameter("lens\\.google\\.com", "/uploadbyurl", "url"),
          parameter("consent\\." + "google(?:\\.[a-z]{2,3}){1,2}", "/.*", "continue"),
          parameter("consent\\.youtube\\.com|accounts\\.google\\.com", "/.*", "continue"),
          parameter("translate\\.google(?:\\.[a-z]{2,3}){1,2}", "/.*", "u"),
          parameter("translate\\.googleusercontent\\.com", "/.*", "u"),
          parameter(
              "webcache\\.googleusercontent\\.com",
              "/search",
              value -> value.replaceFirst("^cache:(?:[\\w-]{8,16}:)?", ""),
              "q"),
          parameter("(?:docs|drive)\\.google\\.com", "/(?:viewer|gview|viewerng/viewer)", "url"),
          parameter(
              "(?:www\\.)?googleadservices\\.com|.*\\.doubleclick\\.net",
              "/.*",
              "adurl",
              "ds_dest_url"),
          at("[a-z0-9-]+\\.translate\\.goog", TranslatedHost::read),
          rest(GOOGLE, "/amp/(?:s/)?(.+)"),
          rest("(?:www\\.)?bing\\.com", "/amp/(?:s/)?(.+)"),
          rest(
              "(?:[a-z0-9-]+\\.)?cdn\\.ampproject\\.org|[a-z0-9-]+\\.bing-amp\\.com",
              "/[a-z]/(?:s/)?(.+)"),
          parameter(
              "(?:www\\.)?bing\\.com",
              "/ck/a",
              value -> value.startsWith("a1") ? Wrapper.base64(value.substring(2)) : "",
              "u"),
          parameter("(?:www\\.)?bing\\.com", "/images/search", "mediaurl"),
          parameter("(?:.*\\.)?duckduckgo\\.com", "/l", "uddg"),
          parameter("(?:.*\\.)?duckduckgo\\.com", "/iu", "u"),
          rest("r\\.search\\.yahoo\\.com", "/.*/RU=([^/]+)/.*"),
          parameter("(?:translate\\.)?yandex\\.[a-z.]+", "/(?:clck/jsredir|translate)", "url"),
          parameter(
              "(?:www\\.)?translatetheweb\\.com|(?:www\\.)?microsofttranslator\\.com", "/.*", "a"),
          at("farside\\.link", WrapperTable::frontEnd),
          parameter("sba\\.yandex\\.net", "/redirect", "url"),
          parameter("link\\.(?:zhihu|csdn|juejin|jianshu)\\.(?:com|net|cn)", "/", "target", "t"),
          parameter("(?:www\\.)?douban\\.com", "/link2", "url"),
          parameter("c\\.pc\\.qq\\.com", "/.*", "pfurl", "url"));

  private static final List<Wrapper> MAIL =
      List.of(
          parameter(
              ".+\\.safelinks\\.protection\\.(?:outlook\\.com|office365\\.us|outlook\\.cn"
                  + "|microsoft\\.us)",
              "/.*",
              "url"),
          parameter(
              "statics\\.teams\\.(?:cdn\\.office\\.net|microsoft\\.com|[a-z.]+)",
              ".*/atp-safelinks\\.html",
              "url"),
          at("urldefense\\.(?:com|us|proofpoint\\.com)", UrlDefense::read),
          // Outlook on the web, GMX and its sisters, Amazon's mails.
          parameter(ANY, "/owa/redir\\.aspx", "URL", "url"),
          parameter("deref-[a-z0-9]+\\.[a-z]+", "/mail/client/.*", "redirectUrl"),
          rest(ANY, "/C?L0/(https?(?::|%3A)%2F%2F[^/]+)/.*"),
          parameter("click\\.mail\\.ru", "/redir", "u"),
          parameter("linkprotect\\.cudasvc\\.com", "/url", "a"),
          rest("secure-web\\.cisco\\.com", "/[^/]+/(https?%3A.+)"),
          parameter(".+\\.protection\\.sophos\\.com", "/.*", Wrapper::base64, "u"),
          parameter("protect[0-9]?\\.(?:fireeye|trellix)\\.com", "/.*", "u"),
          parameter(".+\\.(?:ctp\\.)?trendmicro\\.com", "/.*", "url"),
          parameter("clicktime\\.(?:symantec\\.com|cloud\\.postoffice\\.net)", "/.*", "u", "U"),
          parameter("avanan\\.url-protection\\.com", "/v1/url", "o"),
          rest("url\\.avanan\\.click", "/v2/(?:[a-z0-9]+/)?___(.+?)___\\..*"),
          rest("safe\\.menlosecurity\\.com", "/(?:[0-9/]+/)?(https?:.+)"),
          parameter("(?:bitly\\.com|bit\\.ly)", "/a/(?:warning|interstitial)", "url"),
          parameter("[a-z0-9-]+\\.(?:page\\.link|app\\.goo\\.gl)", "/.*", "link"),
          parameter("[a-z0-9-]+\\.onelink\\.me", "/.*", "af_web_dp", "af_dp"),
          parameter("cdn\\.embedly\\.com", "/widgets/media\\.html", "url", "src"),
          parameter("wsrv\\.nl|images\\.weserv\\.nl", "/", "url"),
          parameter(ANY, "/.*\\boembed(?:[_/][a-z]+)?(?:\\.json|\\.xml)?", "url"),
          query(
              "href\\.li|(?:www\\.)?(?:dereferer\\.(?:me|org)|anonym(?:z\\.com|\\.to|\\.es)"
                  + "|anon\\.to"
                  + "|nullrefer(?:er)?\\.com|hiderefer\\.com|blankrefer\\.com|refhide\\.com"
                  + "|lolinez\\.com)",
              "/"),
          query("(?:www\\.)?deviantart\\.com", "/users/outgoing"),
          parameter("(?:www\\.)?pixiv\\.net", "/jump\\.php", "url"));

  private static final List<Wrapper> ARCHIVES =
      List.of(
          rest("(?:web|wayback)\\.archive\\.org", "/web/[0-9]{1,14}(?:[a-z]{2}_)?/(.+)"),
          rest("(?:web|wayback)\\.archive\\.org", "/web/(?:[0-9]{1,14}\\*?|\\*|save)/(.+)"),
          rest("web\\.archive\\.org", "/(?:save|web)/(?:_embed/)?(https?:.+)"),
          rest(ARCHIVE_TODAY, "/(?:[0-9]{14}|[0-9.-]{10,20}|newest|oldest|timegate)/(.+)"),
          rest(ARCHIVE_TODAY, "/o/[A-Za-z0-9]{3,8}/(.+)"),
          rest(ARCHIVE_TODAY, "/(https?:/.+)"),
          parameter(ARCHIVE_TODAY, "/(?:submit)?", "url"),
          rest(
              "webarchive\\.nationalarchives\\.gov\\.uk",
              "/(?:ukgwa/)?[0-9*]{1,14}(?:[a-z]{2}_)?/(.+)"),
          rest("wayback\\.archive-it\\.org", "/[0-9]+/[0-9*]{1,14}(?:[a-z]{2}_)?/(.+)"),
          rest("arquivo\\.pt", "/(?:wayback|noFrame/replay)/[0-9*]{1,14}(?:[a-z]{2}_)?/(.+)"),
          rest("megalodon\\.jp", "/[0-9-]{10,20}/(https?:/.+)"),
          rest("ghostarchive\\.org", "/(?:archive/)?(https?:/.+)"),
          rest(
              "(?:www\\.)?(?:12ft\\.io|1ft\\.io|r\\.jina\\.ai|txtify\\.it|removepaywalls?\\.com)",
              "/(https?:/.+)"),
          parameter("12ft\\.io", "/proxy", "q"));

  /** All wrappers; the first that fits counts. */
  static final List<Wrapper> ALL =
      Stream.of(SOCIAL, SEARCH, MAIL, ARCHIVES).flatMap(List::stream).toList();

  private WrapperTable() {}

  /** A link to any public server of a program that shows a platform's posts. */
  private static Stream<String> frontEnd(WebLink link, LinkText text) {
    Matcher path = FRONT_END.matcher(link.pathAndQuery());
    return path.matches() ? Stream.of(PLATFORMS.get(path.group(1)) + path.group(2)) : Stream.of();
  }
}
