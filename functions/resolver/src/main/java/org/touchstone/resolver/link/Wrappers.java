package org.touchstone.resolver.link;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/** Unwraps a link that another link carries, without any request. */
public final class Wrappers {
  /** At most this many nested wrappers: more than anyone pastes. */
  private static final int MAX_DEPTH = 6;

  private static final String GOOGLE = "(?:www\\.|m\\.)?google(?:\\.[a-z]{2,3}){1,2}";
  private static final String FACEBOOK = "(?:[a-z0-9-]+\\.)?facebook\\.com";
  private static final String ARCHIVE_TODAY = "archive\\.(?:today|ph|is|li|md|vn|fo)";

  /** A wrapper whose link is the value of a query parameter. */
  private record Parameter(Pattern host, Pattern path, String name) {
    static Parameter of(String host, String path, String name) {
      return new Parameter(Pattern.compile(host), Pattern.compile(path), name);
    }
  }

  /** A wrapper whose link is the rest of the path: group 1, with the query that follows. */
  private record Rest(Pattern host, Pattern path) {
    static Rest of(String host, String path) {
      return new Rest(Pattern.compile(host), Pattern.compile(path));
    }
  }

  private static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.of("lm?\\.facebook\\.com", "/l\\.php", "u"),
          Parameter.of(FACEBOOK, "/l\\.php|/flx/warn|/sharer(?:/sharer\\.php|\\.php)?", "u"),
          Parameter.of(FACEBOOK, "/plugins/(?:post|video)\\.php", "href"),
          Parameter.of(FACEBOOK, "/login(?:\\.php|/.*)?", "next"),
          Parameter.of("l\\.instagram\\.com|l\\.threads\\.(?:net|com)|l\\.wl\\.co", "/", "u"),
          Parameter.of("l\\.messenger\\.com", "/l\\.php", "u"),
          Parameter.of("(?:www\\.)?instagram\\.com", "/accounts/login", "next"),
          Parameter.of(GOOGLE, "/url", "url"),
          Parameter.of(GOOGLE, "/url", "q"),
          Parameter.of(GOOGLE, "/imgres", "imgurl"),
          Parameter.of("translate\\.google\\.com", "/translate", "u"),
          Parameter.of("out\\.reddit\\.com", "/.*", "url"),
          Parameter.of("(?:[a-z]+\\.)?reddit\\.com", "/media", "url"),
          Parameter.of("(?:www\\.|m\\.)?youtube\\.com", "/redirect", "q"),
          Parameter.of("t\\.umblr\\.com", "/redirect", "z"),
          Parameter.of("(?:www\\.)?linkedin\\.com", "/redir/redirect", "url"),
          Parameter.of("(?:www\\.)?linkedin\\.com", "/safety/go", "url"),
          Parameter.of("(?:m\\.)?vk\\.com", "/away\\.php", "to"),
          Parameter.of("t\\.me", "/iv", "url"),
          Parameter.of("(?:www\\.)?tiktok\\.com", "/link/v2", "target"),
          Parameter.of("duckduckgo\\.com", "/l", "uddg"),
          Parameter.of(".+\\.safelinks\\.protection\\.outlook\\.com", "/.*", "url"));

  private static final List<Rest> RESTS =
      List.of(
          Rest.of("web\\.archive\\.org", "/web/[0-9]{1,14}(?:[a-z]{2}_)?/(.+)"),
          Rest.of("web\\.archive\\.org", "/web/(?:[0-9]{1,14}|\\*|save|2)/(.+)"),
          Rest.of(ARCHIVE_TODAY, "/(?:[0-9]{14}|[0-9.-]{10,20}|newest|oldest)/(.+)"),
          Rest.of(GOOGLE, "/amp/(?:s/)?(.+)"),
          Rest.of("(?:www\\.)?bing\\.com", "/amp/(?:s/)?(.+)"),
          Rest.of("[a-z0-9-]+\\.cdn\\.ampproject\\.org", "/[a-z]/(?:s/)?(.+)"),
          Rest.of("cdn\\.ampproject\\.org", "/[a-z]/(?:s/)?(.+)"));

  private static final Pattern SCHEME = Pattern.compile("(?i)(https?):/{1,2}(?!/)(.*)");

  private Wrappers() {}

  /**
   * The innermost link.
   *
   * @throws ProblemException when the inner link is not a web address, or the nesting is deeper
   *     than anyone pastes
   */
  public static WebLink unwrap(WebLink link) {
    WebLink at = link;
    for (int depth = 0; depth <= MAX_DEPTH; depth++) {
      Optional<WebLink> within = within(at);
      if (within.isEmpty()) {
        return at;
      }
      at = within.get();
    }
    throw new ProblemException(ProblemType.LINK_TOO_MANY_REDIRECTS);
  }

  private static Optional<WebLink> within(WebLink link) {
    LinkText text = LinkText.of(link);
    for (Parameter wrapper : PARAMETERS) {
      if (wrapper.host().matcher(link.host()).matches()
          && wrapper.path().matcher(text.path()).matches()) {
        String target = text.parameter(wrapper.name());
        if (target != null && !target.isBlank()) {
          return Optional.of(link.resolve(target));
        }
      }
    }
    for (Rest wrapper : RESTS) {
      if (wrapper.host().matcher(link.host()).matches()) {
        // The raw path, not decoded: its encoding belongs to the inner link.
        Matcher path = wrapper.path().matcher(link.path());
        if (path.matches()) {
          return Optional.of(rest(path.group(1), link.query()));
        }
      }
    }
    return Optional.empty();
  }

  private static WebLink rest(String target, String query) {
    String link = query == null ? target : target + "?" + query;
    Matcher scheme = SCHEME.matcher(link);
    return WebLink.parse(
        scheme.matches() ? scheme.group(1) + "://" + scheme.group(2) : "https://" + link);
  }
}
