package org.touchstone.mentions.mastodon;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.touchstone.domain.mention.Mention;

/** The text of a post, which Mastodon gives as HTML. */
final class PlainText {
  private static final int MAX_HTML = 100_000;
  private static final Pattern BREAK = Pattern.compile("(?i)<br[^>]{0,100}>|</p>");
  private static final Pattern TAG = Pattern.compile("<[^>]{0,4000}>");
  private static final Pattern NUMBER = Pattern.compile("&#(x[0-9a-fA-F]{1,6}|[0-9]{1,7});");
  private static final Pattern NAME =
      Pattern.compile("@[A-Za-z0-9_]+(?:[.-][A-Za-z0-9_]+)*(?:@[A-Za-z0-9.-]+)?");
  private static final int HEXADECIMAL = 16;

  private PlainText() {}

  static String of(String html) {
    String cut = html.length() <= MAX_HTML ? html : html.substring(0, MAX_HTML);
    String text = TAG.matcher(BREAK.matcher(cut).replaceAll("\n")).replaceAll("");
    text =
        NUMBER
            .matcher(text)
            .replaceAll(number -> Matcher.quoteReplacement(character(number.group(1))))
            .replace("&nbsp;", " ")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .strip();
    return text.length() <= Mention.MAX_TEXT ? text : text.substring(0, Mention.MAX_TEXT);
  }

  private static String character(String number) {
    int c =
        number.startsWith("x")
            ? Integer.parseInt(number.substring(1), HEXADECIMAL)
            : Integer.parseInt(number);
    return Character.isValidCodePoint(c) && !Character.isISOControl(c)
        ? Character.toString(c)
        : " ";
  }

  /** A text without names and with single spaces, by which two can be compared. */
  static String bare(String text) {
    return NAME.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip();
  }

  /** The names at the beginning of a text, which a program may have put there for the author. */
  static String leadingNames(String text) {
    Matcher names = NAME.matcher(text);
    int end = 0;
    while (names.find(end) && names.start() == end) {
      end = names.end();
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
    }
    return text.substring(0, end);
  }
}
