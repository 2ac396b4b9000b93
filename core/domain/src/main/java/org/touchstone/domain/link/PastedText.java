package org.touchstone.domain.link;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Undoes what programs and people do to a text with a link on its way to us: invisible characters,
 * escapes of HTML, JSON and Markdown, percent-encoding of the whole link, signs of a Chinese or
 * Japanese keyboard, and links that were made unclickable.
 */
final class PastedText {
  /**
   * Zero-width and direction marks, soft hyphens, byte order marks, variation selectors. A
   * zero-width (non-)joiner between letters of other scripts than Latin is part of the word.
   */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cf}&&[^\\u200C\\u200D]]|[\\u034F\\u17B4\\u17B5\\u180B-\\u180F\\uFE00-\\uFE0F"
              + "\\x{E0100}-\\x{E01EF}]"
              + "|[\\u200C\\u200D](?![\\p{L}&&[^\\p{IsLatin}]])"
              + "|(?<![\\p{L}\\p{M}&&[^\\p{IsLatin}]])[\\u200C\\u200D]");

  /** Letters and signs without a shape of their own. */
  private static final Pattern BLANK =
      Pattern.compile("[\\u115F\\u1160\\u2800\\u3164\\uFFA0\\uFFFC\\uFFFD]");

  private static final Pattern ENTITY =
      Pattern.compile(
          "(?i)&(?:(amp|lt|gt|quot|apos|nbsp|colon|sol|period)|#(\\d{2,4})|#x([0-9a-f]{2,3}));");

  private static final Map<String, String> ENTITIES =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "colon", ":",
          "sol", "/", "period", ".");

  private static final Pattern JSON_ESCAPE = Pattern.compile("\\\\u00([2-7][0-9A-Fa-f])");

  /** Markdown, and the slash of JSON. */
  private static final Pattern ESCAPED = Pattern.compile("\\\\([/_*~.()\\[\\]!#=?&+:-])");

  /** A link in angle brackets that a mail program broke into lines. */
  private static final Pattern BROKEN_LINES =
      Pattern.compile(
          "(?i)<(?:URL:)?\\s*https?://[^<>\"\\s]+"
              + "(?:[ \\t]*\\R[ \\t]*(?!https?:)[^<>\"\\s]+){1,20}\\s*>");

  /** {@code hxxps[:]//x[.]com} and the like: a link that was made unclickable. */
  private static final Pattern DEFANGED =
      Pattern.compile("(?i) ?[\\[({] ?(\\.|:|/|://|dot|punkt) ?[\\])}] ?");

  /** Fewer characters than in the shortest link. */
  private static final int MIN_SPREAD = 8;

  /** A scheme and a host with spaces around the signs. */
  private static final Pattern SPREAD_SIGNS =
      Pattern.compile(
          "(?i)(?<![a-z0-9])https? *: */ */ *[\\p{L}\\p{N}-]+"
              + "(?:(?: +\\.|\\. +| +\\. +)[^\\s./]+){1,8}"
              + "(?: *[/.] *[^\\s/.]+){0,40}");

  private static final Pattern ENCODED =
      Pattern.compile(
          "(?i)(?<![a-z0-9=&?/%.+_-])(?:https?(?::|%(?:25)*3A)%(?:25)*2F%(?:25)*2F"
              + "|(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,24}%(?:25)*2F)[^\\s<>\"']+");

  /** A scheme or a host that was typed on a Chinese, Japanese or Korean keyboard. */
  private static final Pattern FULL_WIDTH =
      Pattern.compile(
          "(?i)(?:[hｈ][tｔ]{2}[pｐ][sｓ]?[:：][/／]{2}|(?<![\\p{L}\\p{N}])[a-zａ-ｚ0-9０-９-]{1,63}[．.])"
              + "[^\\s，。！；、（）「」『』【】《》]+");

  /** The full stop of a Chinese or Japanese keyboard within a host. */
  private static final Pattern FULL_STOP =
      Pattern.compile("(?i)(?<=://[a-z0-9.-]{1,100})[。｡](?=[a-z0-9.-]{2,60}/)");

  private static final int MAX_DECODINGS = 3;

  private PastedText() {}

  /** The text as its author meant it, as far as links are concerned. */
  static String clean(String text) {
    String clean = INVISIBLE.matcher(text).replaceAll("");
    clean = BLANK.matcher(clean).replaceAll(" ");
    clean = ENTITY.matcher(clean).replaceAll(m -> Matcher.quoteReplacement(entity(m)));
    clean =
        JSON_ESCAPE
            .matcher(clean)
            .replaceAll(
                m -> Matcher.quoteReplacement("" + (char) Integer.parseInt(m.group(1), 16)));
    clean = ESCAPED.matcher(clean).replaceAll("$1");
    clean =
        BROKEN_LINES
            .matcher(clean)
            .replaceAll(m -> Matcher.quoteReplacement(m.group().replaceAll("\\s*\\R\\s*", "")));
    clean = DEFANGED.matcher(clean).replaceAll(m -> Matcher.quoteReplacement(sign(m.group(1))));
    clean = clean.strip();
    clean = isSpread(clean) ? clean.replace(" ", "") : clean;
    clean =
        SPREAD_SIGNS
            .matcher(clean)
            .replaceAll(m -> Matcher.quoteReplacement(m.group().replace(" ", "")));
    clean =
        FULL_WIDTH.matcher(clean).replaceAll(m -> Matcher.quoteReplacement(halfWidth(m.group())));
    clean = FULL_STOP.matcher(clean).replaceAll(".");
    return ENCODED.matcher(clean).replaceAll(m -> Matcher.quoteReplacement(decoded(m.group())));
  }

  /** Whether there is a space behind every character. */
  private static boolean isSpread(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ((text.charAt(i) == ' ') != (i % 2 == 1)) {
        return false;
      }
    }
    return text.length() > 2 * MIN_SPREAD;
  }

  private static String entity(MatchResult entity) {
    if (entity.group(1) != null) {
      return ENTITIES.get(entity.group(1).toLowerCase(Locale.ROOT));
    }
    int code =
        entity.group(2) != null
            ? Integer.parseInt(entity.group(2))
            : Integer.parseInt(entity.group(3), 16);
    return Character.toString(code);
  }

  private static String sign(String defanged) {
    return Character.isLetter(defanged.charAt(0)) ? "." : defanged;
  }

  /**
   * The same text, with ASCII in place of full-width letters, digits and signs, when its beginning
   * has some.
   */
  private static String halfWidth(String link) {
    int slash = link.indexOf('/', Math.max(0, link.indexOf("//") + 2));
    String beginning = slash < 0 ? link : link.substring(0, slash);
    if (beginning.chars().noneMatch(c -> c >= '！' && c <= '～')) {
      return link;
    }
    StringBuilder half = new StringBuilder(link.length());
    link.chars().forEach(c -> half.append((char) (c >= '！' && c <= '～' ? c - '！' + '!' : c)));
    return half.toString();
  }

  private static String decoded(String encoded) {
    String link = encoded;
    try {
      for (int i = 0; i < MAX_DECODINGS && ENCODED.matcher(link).lookingAt(); i++) {
        link = URLDecoder.decode(link.replace("+", "%2B"), StandardCharsets.UTF_8);
      }
    } catch (IllegalArgumentException e) {
      return encoded;
    }
    return link;
  }
}
