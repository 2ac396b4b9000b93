package org.touchstone.domain.link;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Finds the web link in pasted text. The link may come from a sentence, a mail, a chat or a page's
 * source. It may stand in brackets or quotation marks, be followed by a full stop, contain
 * invisible characters, and have a damaged scheme or none.
 */
public final class LinkFinder {
  /** Maximum number of characters of a text that is searched: more than any embedding code has. */
  public static final int MAX_TEXT_LENGTH = 32_768;

  private static final String EXAMPLE = "a link looks like https://example.org/photo.jpg.";

  /** At most this many beginnings of links are looked at, so that no text takes long. */
  private static final int MAX_LINKS = 100;

  private static final int MAX_SHOWN = 100;

  /**
   * {@code https://}, also behind a letter; and with letters, spaces, a colon or slashes lost,
   * doubled or replaced.
   */
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?i)(?:(http)(s?)://"
              + "|(?<![a-z0-9+.-])(h ?t ?t ?p|h[tx*]{1,3}p|t{1,2}p) ?(s?) ?"
              + "(?:[:;]{1,2} ?[/\\\\] ?[/\\\\ ]{0,4}|[/\\\\]{2,3}))"
              + "(?=[\\p{L}\\p{N}\\[@_-])");

  /** A host with at least one dot, and what shows that it is one. */
  private static final String HOST =
      "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}])?\\.){1,8}"
          + "(?:[\\p{L}]{2,24}|xn--[a-z0-9-]{2,59})";

  private static final Pattern DOTTED_HOST = Pattern.compile("(?i)" + HOST + "\\.?(?=[/?#:]|$).*");

  private static final Pattern OTHER_SCHEME =
      Pattern.compile(
          "(?i)^(?:[a-z][a-z0-9+.-]+://|(?:about|at|blob|data|file|intent|javascript|magnet|mailto"
              + "|sms|tel|tg|urn|view-source|whatsapp):(?![0-9\\s])).*",
          Pattern.DOTALL);

  /** A host without a scheme: its dots and the path after it set it apart from other words. */
  private static final Pattern WITHOUT_SCHEME =
      Pattern.compile(
          "(?i)(?:(?<![:\\p{L}\\p{N}])//|(?<![\\p{L}\\p{N}])://"
              + "|(?<![\\p{L}\\p{N}./\\\\]|[\\p{L}\\p{N}][@_-]{1,3}))"
              + "(?:("
              + HOST
              + "\\.?|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})(?::[0-9]{1,5})?(?=/)"
              + "|(www\\."
              + HOST
              + ")(?![\\p{L}\\p{N}._-]))");

  /** Words of a script without spaces, before a host. */
  private static final Pattern WORDS_BEFORE_HOST =
      Pattern.compile(
          "^.*[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}]"
              + "(?=[A-Za-z0-9][A-Za-z0-9-]*\\.)");

  /** Signs that stand before a link and never in one. */
  private static final String BEFORE_LINK = " \t\r\n<>\"'([{“„«‘";

  private static final Pattern HASH_BANG = Pattern.compile("(?<=[a-z])/#!/");

  private final String text;
  private final List<Found> found = new ArrayList<>();
  private ProblemException firstProblem;
  private int tries;

  /**
   * A link in the text.
   *
   * @param isCut whether an ellipsis shows that its end is missing
   */
  private record Found(WebLink link, String written, boolean isCut) {
    /** Whether both lead to the same place, or one is what a program left of the other. */
    boolean isSameAs(Found other) {
      if (!host().equals(other.host())) {
        return false;
      }
      return path().equals(other.path())
              && (link.query() == null
                  || other.link.query() == null
                  || link.query().equals(other.link.query()))
          || isCut && other.link.pathAndQuery().startsWith(link.pathAndQuery())
          || other.isCut && link.pathAndQuery().startsWith(other.link.pathAndQuery());
    }

    private String host() {
      return link.host().replaceFirst("^www\\.", "")
          + ":"
          + (link.isDefaultPort() ? "" : link.port());
    }

    private String path() {
      return link.path().replaceFirst("/$", "");
    }

    boolean saysMoreThan(Found other) {
      return link.pathAndQuery().length() > other.link.pathAndQuery().length();
    }
  }

  private LinkFinder(String text) {
    this.text = text;
  }

  /**
   * The link as {@link WebLink#parse} reads it, otherwise as it was written.
   *
   * @param text the pasted text; at most {@link #MAX_TEXT_LENGTH} characters
   * @throws ProblemException {@link ProblemType#LINK_INVALID} when there is not exactly one link in
   *     it, or it is too long; otherwise as {@link WebLink#parse} of the link
   */
  public static String find(String text) {
    if (text == null || text.length() > MAX_TEXT_LENGTH) {
      throw new ProblemException(
          ProblemType.LINK_INVALID,
          text == null
              ? null
              : "The text is too long: a link is looked for in at most "
                  + MAX_TEXT_LENGTH
                  + " characters.");
    }
    return in(text).only();
  }

  /**
   * Whether a text that may also be a file's name is meant as a link, although {@link #find} may
   * not accept it: several links, or one of another scheme.
   */
  public static boolean isMeantAsLink(String text) {
    if (text.length() > MAX_TEXT_LENGTH) {
      return false;
    }
    LinkFinder finder = in(text);
    return !finder.found.isEmpty()
        || finder.firstProblem != null
        || OTHER_SCHEME.matcher(finder.text).matches();
  }

  private static LinkFinder in(String text) {
    String clean = HASH_BANG.matcher(PastedText.clean(text)).replaceAll("/");
    LinkFinder finder = new LinkFinder(EmbeddingCode.reduced(clean).strip());
    finder.searchSchemes();
    if (finder.found.isEmpty() && finder.firstProblem == null) {
      finder.searchHosts();
    }
    return finder;
  }

  private String only() {
    if (found.isEmpty()) {
      if (firstProblem != null) {
        throw firstProblem;
      }
      throw OTHER_SCHEME.matcher(text).matches() ? rejected() : nothing();
    }
    if (found.size() > 1) {
      throw new ProblemException(
          ProblemType.LINK_INVALID,
          "There is more than one link in this text: "
              + shown(found.get(0))
              + " and "
              + shown(found.get(1))
              + "; give only one of them.");
    }
    return found.getFirst().written();
  }

  private static String shown(Found link) {
    String written = link.written();
    return written.length() <= MAX_SHOWN ? written : written.substring(0, MAX_SHOWN) + "…";
  }

  private static ProblemException nothing() {
    return new ProblemException(
        ProblemType.LINK_INVALID, "There is no link in this text; " + EXAMPLE);
  }

  /** The reason why a text that begins with a scheme is not accepted. */
  private ProblemException rejected() {
    try {
      WebLink.parse(text);
      return nothing();
    } catch (ProblemException reason) {
      return reason;
    }
  }

  private void searchSchemes() {
    Matcher begins = SCHEME.matcher(text);
    int first = -1;
    for (int at = 0; at <= text.length() && begins.find(at) && tries++ < MAX_LINKS; ) {
      int start = first < 0 ? begins.start() : first;
      boolean isWhole = begins.group(1) != null;
      String secure = isWhole ? begins.group(2) : begins.group(4);
      String scheme = isWhole ? begins.group(1) + secure : secure.isEmpty() ? "http" : "https";
      at = begins.end();
      if (isSchemeAt(at)) {
        // A scheme before a scheme says nothing.
        first = start;
        continue;
      }
      first = -1;
      int outer = searchHostAround(start);
      if (outer > start) {
        at = outer;
        continue;
      }
      int end = LinkEnd.of(text, start, at, hostEnd(at));
      String rest = text.substring(at, end);
      if (text.charAt(at - 1) == '\\') {
        rest = rest.replace('\\', '/');
      }
      if (isWhole || DOTTED_HOST.matcher(rest).matches()) {
        add(scheme + "://" + rest, end);
        at = end;
      }
    }
  }

  private boolean isSchemeAt(int at) {
    return SCHEME.matcher(text).region(at, text.length()).lookingAt();
  }

  /**
   * Adds a link without a scheme that has the scheme here as a part of its path or query.
   *
   * @return where that link ends; before the scheme when there is none
   */
  private int searchHostAround(int scheme) {
    int start = scheme;
    while (start > 0 && BEFORE_LINK.indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    while (start < scheme && "*_~|`".indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    Matcher host = WITHOUT_SCHEME.matcher(text).region(start, text.length());
    if (start == scheme || !host.lookingAt() || host.group(1) == null) {
      return -1;
    }
    int end = LinkEnd.of(text, start, host.start(1), host.end(1));
    if (end > scheme) {
      add(text.substring(host.start(1), end), end);
    }
    return end;
  }

  private void searchHosts() {
    Matcher begins = WITHOUT_SCHEME.matcher(text);
    for (int at = 0; at <= text.length() && begins.find(at) && tries++ < MAX_LINKS; ) {
      int group = begins.group(1) == null ? 2 : 1;
      Matcher words = WORDS_BEFORE_HOST.matcher(begins.group(group));
      int start = begins.start(group) + (words.find() ? words.end() : 0);
      int end = LinkEnd.of(text, start, start, begins.end(group));
      add(text.substring(start, end), end);
      at = Math.max(begins.end(), end);
    }
  }

  /** The end of the host that begins here. */
  private int hostEnd(int start) {
    int at = start;
    while (at < text.length() && isOfHost(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    // The dot of a sentence that ends with a host.
    while (at > start && ".-_".indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
  }

  private static boolean isOfHost(int c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
  }

  private void add(String written, int end) {
    Found link;
    try {
      link = new Found(WebLink.parse(written), written, isCut(end));
    } catch (ProblemException e) {
      firstProblem = firstProblem == null ? e : firstProblem;
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).isSameAs(link)) {
        if (link.saysMoreThan(found.get(i))) {
          found.set(i, link);
        }
        return;
      }
    }
    found.add(link);
  }

  private boolean isCut(int end) {
    return text.startsWith("…", end) || text.startsWith("...", end);
  }
}
