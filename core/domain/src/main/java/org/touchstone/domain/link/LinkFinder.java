package org.touchstone.domain.link;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;

/**
 * Finds the web link in pasted text. The link may come from a sentence, a mail or a chat. It may
 * stand in brackets or quotation marks, be followed by a full stop, contain invisible characters,
 * and have a damaged scheme or none.
 */
public final class LinkFinder {
  /** Zero-width and direction marks, soft hyphens, byte order marks. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\u034F]");

  /** {@code https://}, also with a colon or slashes lost. */
  private static final Pattern SCHEME =
      Pattern.compile("(?i)(?<![a-z0-9+.-])(https?)(?::/{1,2}|//)(?=[\\p{L}\\p{N}\\[@_-])");

  private static final Pattern OTHER_SCHEME =
      Pattern.compile("(?i)^[a-z][a-z0-9+.-]*:(?![0-9\\s]).*", Pattern.DOTALL);

  /** A host without a scheme: its dots and the path after it set it apart from other words. */
  private static final Pattern WITHOUT_SCHEME =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}@._/:-])"
              + "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]{0,61}[\\p{L}\\p{N}])?\\.){1,8}[\\p{L}]{2,24}\\.?"
              + "(?::[0-9]{1,5})?(?=/)");

  /** Characters that end a link, including the middle of a Markdown link. */
  private static final Pattern END =
      Pattern.compile("[\\s\\p{Z}<>\"“”„«»‹›「」『』【】（）《》。，、！？；：]|\\]\\(");

  /** Punctuation of the surrounding sentence; an underscore may belong to the link. */
  private static final String PUNCTUATION = ".,;:!?…'’‘`*|\\~";

  private static final Map<Character, Character> BRACKETS = Map.of(')', '(', ']', '[', '}', '{');

  /**
   * The rest of a file's name that has spaces in it. One class of characters, not a group of words:
   * the matcher would recurse for each word.
   */
  private static final Pattern REST_OF_FILE =
      Pattern.compile(
          "(?i)[\\S &&[^?#]]*\\.(?:jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|mp4|m4[av]|mov|mkv"
              + "|webm|avi|mpe?g|og[gva]|opus|mp3|wav|flac|aac|m3u8|mpd)(?:[?#].*)?");

  private LinkFinder() {}

  /**
   * The link as {@link WebLink#parse} reads it, otherwise as it was written.
   *
   * @param text the pasted text; at most {@link WebLink#MAX_LENGTH} characters
   * @throws ProblemException {@link ProblemType#LINK_INVALID} when there is not exactly one link in
   *     it, or it is too long; otherwise as {@link WebLink#parse} of the link
   */
  public static String find(String text) {
    if (text == null || text.length() > WebLink.MAX_LENGTH) {
      throw new ProblemException(
          ProblemType.LINK_INVALID, text == null ? null : "The link is too long.");
    }
    String visible = INVISIBLE.matcher(text).replaceAll("").strip();
    Map<WebLink, String> found = new LinkedHashMap<>();
    add(SCHEME, visible, found);
    if (found.isEmpty()) {
      add(WITHOUT_SCHEME, visible, found);
    }
    if (found.isEmpty()) {
      throw OTHER_SCHEME.matcher(visible).matches() ? rejected(visible) : nothing();
    }
    if (found.size() > 1) {
      throw new ProblemException(
          ProblemType.LINK_INVALID, "This text has more than one link; give only one.");
    }
    return found.values().iterator().next();
  }

  private static ProblemException nothing() {
    return new ProblemException(
        ProblemType.LINK_INVALID,
        "There is no link in this text; a link looks like https://example.org/photo.jpg.");
  }

  /** The reason why a text that begins with a scheme is not accepted. */
  private static ProblemException rejected(String text) {
    try {
      WebLink.parse(text);
      return nothing();
    } catch (ProblemException reason) {
      return reason;
    }
  }

  private static void add(Pattern beginning, String text, Map<WebLink, String> found) {
    Matcher begins = beginning.matcher(text);
    for (int at = 0; begins.find(at); ) {
      String rest = text.substring(begins.start());
      String link = withoutPunctuation(rest.substring(0, end(rest)));
      at = Math.max(begins.end(), begins.start() + link.length());
      if (beginning == SCHEME) {
        link = begins.group(1) + "://" + link.substring(begins.end() - begins.start());
      }
      found.putIfAbsent(WebLink.parse(link), link);
      if (at > text.length()) {
        return;
      }
    }
  }

  private static int end(String text) {
    Matcher end = END.matcher(text);
    if (!end.find()) {
      return text.length();
    }
    String rest = text.substring(end.start());
    boolean isName =
        rest.startsWith(" ") && !rest.contains("  ") && REST_OF_FILE.matcher(rest).matches();
    return isName ? text.length() : end.start();
  }

  private static String withoutPunctuation(String link) {
    int end = link.length();
    while (end > 0 && isAround(link, end)) {
      end--;
    }
    return link.substring(0, end);
  }

  /**
   * Whether the last character belongs to the text around the link. A bracket that closes one
   * inside the link belongs to the link.
   */
  private static boolean isAround(String link, int end) {
    char last = link.charAt(end - 1);
    if (PUNCTUATION.indexOf(last) >= 0) {
      return true;
    }
    Character opening = BRACKETS.get(last);
    return opening != null && count(link, opening, end) < count(link, last, end);
  }

  private static long count(String link, char sign, int end) {
    return link.substring(0, end).chars().filter(c -> c == sign).count();
  }
}
