package org.touchstone.resolver.platform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.link.WebLink;

/**
 * The pages that servers show instead of the one that was asked for: to sign in, or to consent to
 * something. Nothing that such a page shows belongs to a post. They are recognised by their own
 * address, by the addresses that a page names as its own or leads to, and by their titles.
 */
public final class Walls {
  private static final Problem SIGN_IN = Problem.of(ProblemType.PLATFORM_LOGIN_REQUIRED);

  private static final Problem CONSENT =
      Problem.of(
          ProblemType.PLATFORM_LOGIN_REQUIRED,
          "This site shows its pages only after one has agreed to its terms or cookies, which"
              + " Touchstone does not do; save the media and upload them.");

  private static final Problem ROBOT_CHECK = Problem.of(ProblemType.PLATFORM_ROBOT_CHECK);

  /** Hosts that serve nothing but such pages. */
  private static final Pattern SIGN_IN_HOST =
      Pattern.compile("(?:login|signin|sso|auth|accounts)\\..+\\..+");

  private static final Pattern CONSENT_HOST =
      Pattern.compile(
          "(?:[a-z0-9-]+\\.)*(?:consent|consents|guce|myprivacy|cmp|cookiewall)\\..+\\..+");

  private static final String ENDING = "(?:\\.(?:php|html?|aspx?|jsp|do))?";

  /** A first or last part of a path. */
  private static final Pattern SIGN_IN_PART =
      Pattern.compile(
          "(?:log-?_?in|log-?on|sign-?_?in|sign-?_?up|login_?required|auth_?wall|wp-login|register"
              + "|registration|anmelden|einloggen|connexion|inloggen)"
              + ENDING);

  /** The beginning of a path. */
  private static final Pattern SIGN_IN_PATH =
      Pattern.compile(
          "/(?:accounts/login|accounts/signup|uas/login|i/flow/login|i/flow/signup|users/sign_in"
              + "|checkpoint|oauth2?/authorize|session/new|sessions/new)(?:[./].*)?");

  private static final Pattern CONSENT_PART =
      Pattern.compile(
          "(?:consent|consents|collectconsent|cookie-?_?(?:wall|consent|policy-consent)|gdpr"
              + "|gdpr-?_?consent|privacy-?_?(?:wall|gate|consent)|zustimmung|age-?_?gate)"
              + ENDING);

  private static final Pattern ROBOT_PATH =
      Pattern.compile(
          "/(?:sorry/index|captcha|robot-?check|verify-?human|human-?verification"
              + "|are-?you-?(?:a-)?(?:human|robot))(?:[./].*)?"
              + "|/challenge(?:/(?:action|recaptcha).*)?");

  private static final Pattern REFRESH = Pattern.compile("(?i)[^;,]*[;,]\\s*url\\s*=\\s*(.+)");

  /** A script that leaves the page at once, by its first statement. */
  private static final Pattern LEAVES =
      Pattern.compile(
          "(?:(?:window|self|top|parent|document)\\.){0,3}location(?:"
              + "(?:\\.href)?\\s*=\\s*[\"']([^\"']{1,2000})[\"']"
              + "|\\.(?:replace|assign)\\(\\s*[\"']([^\"']{1,2000})[\"'])");

  private static final String SEPARATOR = "\\s*[-\u2013\u2014|\u2022\u00b7:\u2039/]\\s*";
  private static final String LOG_IN =
      "(?:log ?in(?:to)?|sign ?in|sign ?up|anmelden|einloggen|connexion|iniciar sesi\u00f3n)";

  /** A whole title, also with the site's name before or after it. */
  private static final Pattern SIGN_IN_TITLE =
      Pattern.compile(
          "(?:.{1,30}"
              + SEPARATOR
              + ")?(?:you must |please )?"
              + LOG_IN
              + "(?:(?:,| or| /)? ?"
              + LOG_IN
              + ")?(?: to (?:continue|view|see|your account|proceed|facebook|instagram|x|tiktok"
              + "|threads|linkedin|reddit).{0,20}| (?:facebook|instagram|tiktok|twitter|linkedin)"
              + "| required)?(?:"
              + SEPARATOR
              + ".{1,40})?\\.?");

  private static final Pattern CONSENT_TITLE =
      Pattern.compile(
          "before you continue\\b.{0,40}"
              + "|(?:.{1,30}"
              + SEPARATOR
              + ")?(?:cookie|privacy|data protection) (?:consent|wall|choices|settings"
              + "|preferences)(?:"
              + SEPARATOR
              + ".{1,40})?"
              + "|your privacy(?: choices| matters)?"
              + "|(?:consent|zustimmung|age verification)(?:"
              + SEPARATOR
              + ".{1,40})?");

  /** Most characters of a page that only leads on. */
  private static final int LITTLE_TEXT = 200;

  private Walls() {}

  /** What an address is that servers lead to instead of a post; empty for any other address. */
  public static Optional<Problem> at(WebLink link) {
    String path = link.path().toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
    String[] parts = path.isEmpty() ? new String[] {""} : path.substring(1).split("/", -1);
    List<String> ends = List.of(parts[0], parts[parts.length - 1]);
    if (ROBOT_PATH.matcher(path).matches()) {
      return Optional.of(ROBOT_CHECK);
    }
    if (CONSENT_HOST.matcher(link.host()).matches() || isOne(CONSENT_PART, ends)) {
      return Optional.of(CONSENT);
    }
    return SIGN_IN_HOST.matcher(link.host()).matches()
            || SIGN_IN_PATH.matcher(path).matches()
            || isOne(SIGN_IN_PART, ends)
        ? Optional.of(SIGN_IN)
        : Optional.empty();
  }

  private static boolean isOne(Pattern pattern, List<String> parts) {
    return parts.stream().anyMatch(part -> pattern.matcher(part).matches());
  }

  /**
   * Refuses a page that stands in the way of the one that was asked for.
   *
   * @param asked the address that was asked for
   * @throws ProblemException {@link ProblemType#PLATFORM_LOGIN_REQUIRED} or {@link
   *     ProblemType#PLATFORM_ROBOT_CHECK}
   */
  public static void refuse(WebLink asked, Document page) {
    of(asked, page)
        .ifPresent(
            problem -> {
              throw new ProblemException(problem);
            });
  }

  private static Optional<Problem> of(WebLink asked, Document page) {
    Set<WebLink> own =
        OpenGraph.addresses(
            asked,
            page.select("link[rel=canonical]").attr("href"),
            page.select("meta[property=og:url], meta[name=og:url]").attr("content"),
            refresh(page),
            script(page));
    return own.stream().flatMap(address -> at(address).stream()).findFirst().or(() -> titled(page));
  }

  /** Where a page leads by itself after some seconds; empty when it stays. */
  static String refresh(Document page) {
    for (Element meta : page.select("meta[http-equiv]")) {
      Matcher target = REFRESH.matcher(meta.attr("content").strip());
      if (meta.attr("http-equiv").strip().equalsIgnoreCase("refresh") && target.matches()) {
        return target.group(1).strip().replaceAll("^['\"]|['\"]$", "").strip();
      }
    }
    return "";
  }

  private static String script(Document page) {
    if (namesItsMedia(page) || page.body() == null || page.body().text().length() > LITTLE_TEXT) {
      return "";
    }
    for (Element script : page.select("script:not([src])")) {
      Matcher target = LEAVES.matcher(script.data().strip());
      if (target.lookingAt()) {
        return target.group(1) == null ? target.group(2) : target.group(1);
      }
    }
    return "";
  }

  /** Whether the page calls itself one that shows something: an article or a video. */
  private static boolean namesItsMedia(Document page) {
    String kind = page.select("meta[property=og:type]").attr("content");
    return kind.equals("article") || kind.startsWith("video");
  }

  private static Optional<Problem> titled(Document page) {
    if (namesItsMedia(page)) {
      return Optional.empty();
    }
    for (String title :
        List.of(
            page.select("meta[property=og:title], meta[name=og:title]").attr("content"),
            page.title())) {
      String said = title.strip().toLowerCase(Locale.ROOT);
      if (said.length() > LITTLE_TEXT) {
        continue;
      }
      if (SIGN_IN_TITLE.matcher(said).matches()) {
        return Optional.of(SIGN_IN);
      }
      if (CONSENT_TITLE.matcher(said).matches()) {
        return Optional.of(CONSENT);
      }
    }
    return Optional.empty();
  }
}
