package org.touchstone.domain.link;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells where a link in a text ends, and which signs behind it belong to the text. */
final class LinkEnd {
  /** Quotation marks, and signs of sentences in scripts whose words stand close together. */
  private static final String SIGNS = "<>\"`“”„‟«»‹›‘‚‛—。，、！？；：｡､．·•؟،؛।॥።…‥‼⁇⁈⁉→←⇒➡";

  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";

  /** Signs behind a link that end a sentence, a word or a quotation in the text around it. */
  private static final String PUNCTUATION = ".,;:!?'’*|\\~([{";

  /** Signs that emphasise what stands between two of them. */
  private static final String EMPHASIS = "_-#^$%+";

  private static final Pattern EMPHASISED =
      Pattern.compile("(?<![\\p{L}\\p{N}_/=.-])_{1,3}(?=[^\\s_])");

  private static final Pattern NEXT_LINK = Pattern.compile("(?i)https?:/{1,2}[\\p{L}\\p{N}\\[]");

  /** A closing tag of a forum's code. */
  private static final Pattern TAG = Pattern.compile("(?i)\\[/[a-z]{1,10}]");

  /** Spaces, quotation marks, line ends and invisible characters, percent-encoded. */
  private static final Pattern ENCODED_REST =
      Pattern.compile(
          "(?i)(?:%(?:20|0[9AD]|22|3[CE]|C2%A0|E2%80%(?:8[B-F]|9[CD]|A[89A-F])|EF%BB%BF))+$");

  /**
   * The rest of a file's name that has spaces in it. One class of characters, not a group of words:
   * the matcher would recurse for each word.
   */
  private static final Pattern REST_OF_FILE =
      Pattern.compile(
          "(?i)[\\S &&[^?#]]*\\.(?:jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|mp4|m4[av]|mov|mkv"
              + "|webm|avi|mpe?g|og[gva]|opus|mp3|wav|flac|aac|m3u8|mpd)(?:[?#].*)?");

  /** At most this many signs before a link are looked at. */
  private static final int MAX_SIGNS = 20;

  private final String text;
  private final int beginning;
  private final int start;

  /** The signs directly before the link. */
  private final String before;

  private LinkEnd(String text, int beginning, int start) {
    this.text = text;
    this.beginning = beginning;
    this.start = start;
    int at = beginning;
    while (at > Math.max(0, beginning - MAX_SIGNS) && isSign(text.charAt(at - 1))) {
      at--;
    }
    this.before = text.substring(at, beginning);
  }

  /** A closing bracket ends what stood before, such as the same link as a Markdown text. */
  private static boolean isSign(char c) {
    return !Character.isLetterOrDigit(c)
        && !Character.isWhitespace(c)
        && c != '>'
        && CLOSING.indexOf(c) < 0;
  }

  /**
   * The place where a link ends.
   *
   * @param beginning where it begins, with its scheme if it has one
   * @param start where its host begins
   * @param afterHost a place behind that before which it cannot end
   */
  static int of(String text, int beginning, int start, int afterHost) {
    LinkEnd link = new LinkEnd(text, beginning, start);
    int end = link.firstForeign(afterHost);
    if (end < text.length() && link.isFileWithSpaces(end)) {
      return text.length();
    }
    return link.withoutPunctuation(end, afterHost);
  }

  /** The first character that cannot belong to the link. */
  private int firstForeign(int afterHost) {
    int[] open = new int[OPENING.length()];
    for (int i = start; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c == '[' && TAG.matcher(text).region(i, text.length()).lookingAt()) {
        return i;
      }
      int bracket = OPENING.indexOf(c);
      if (bracket >= 0) {
        open[bracket]++;
      }
      int closed = CLOSING.indexOf(c);
      if (closed >= 0 && --open[closed] < 0) {
        return i;
      }
      if (i > start && (isForeign(c, i) || (i >= afterHost && beginsAnotherLink(i)))) {
        return i;
      }
    }
    return text.length();
  }

  private boolean isForeign(int c, int at) {
    if (c < 0x80) {
      return c <= ' '
          || c == 0x7F
          || SIGNS.indexOf(c) >= 0
          || (c == '\'' && isBefore('\''))
          || (c == '|' && (isBefore('<') || isBefore('[') || isBefore('|')))
          || (c == '\\' && at + 1 < text.length() && "nrt\"'".indexOf(text.charAt(at + 1)) >= 0);
    }
    if (c == '’' || c == '–') {
      return !isWithinWord(at);
    }
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION ->
          true;
      default -> SIGNS.indexOf(c) >= 0;
    };
  }

  /** Whether an apostrophe or a dash stands between letters; {@code ’s} ends a word. */
  private boolean isWithinWord(int at) {
    String rest = text.substring(at + 1, Math.min(text.length(), at + 3));
    return at > start
        && Character.isLetter(text.charAt(at - 1))
        && !rest.isEmpty()
        && Character.isLetter(rest.charAt(0))
        && !(rest.charAt(0) == 's' && (rest.length() == 1 || !Character.isLetter(rest.charAt(1))));
  }

  private boolean isBefore(char sign) {
    return before.indexOf(sign) >= 0;
  }

  /** Whether another link begins here, without a space before it or behind a comma. */
  private boolean beginsAnotherLink(int at) {
    char c = text.charAt(at);
    char last = text.charAt(at - 1);
    if (c == ',' || c == ';') {
      // The options of an image service end with a comma.
      return NEXT_LINK.matcher(text).region(at + 1, text.length()).lookingAt()
          && !text.substring(start, at).contains("/cdn-cgi/");
    }
    return (c == 'h' || c == 'H')
        && Character.isLetterOrDigit(last)
        && NEXT_LINK.matcher(text).region(at, text.length()).lookingAt();
  }

  private boolean isFileWithSpaces(int end) {
    String rest = text.substring(end);
    return rest.startsWith(" ")
        && text.substring(0, beginning).isBlank()
        && !rest.contains("  ")
        && !NEXT_LINK.matcher(rest).find()
        && REST_OF_FILE.matcher(rest).matches();
  }

  private int withoutPunctuation(int foreign, int afterHost) {
    int end = foreign;
    int emphasis = 0;
    while (end > afterHost) {
      Matcher encoded = ENCODED_REST.matcher(text).region(Math.max(start, end - 36), end);
      int last = text.codePointBefore(end);
      if (PUNCTUATION.indexOf(last) >= 0 || isSymbol(last, end, afterHost)) {
        end -= Character.charCount(last);
      } else if (end - 1 > afterHost && isEmptyBrackets(text.substring(end - 2, end))) {
        end -= 2;
      } else if (EMPHASIS.indexOf(last) >= 0 && opened(last) > emphasis) {
        end--;
        emphasis++;
      } else if (encoded.find()) {
        end = encoded.start();
      } else {
        break;
      }
    }
    return end;
  }

  /** How often a sign stands before the link; an underscore also before words in front of it. */
  private long opened(int sign) {
    long directly = before.chars().filter(c -> c == sign).count();
    if (directly > 0 || sign != '_') {
      return directly;
    }
    Matcher words = EMPHASISED.matcher(text).region(0, beginning);
    return words.find() ? words.group().length() : 0;
  }

  private static boolean isEmptyBrackets(String signs) {
    int opening = OPENING.indexOf(signs.charAt(0));
    return opening >= 0 && CLOSING.indexOf(signs.charAt(1)) == opening;
  }

  /** Whether it is a pictogram behind a link, and not one that is a path or a value by itself. */
  private boolean isSymbol(int c, int end, int afterHost) {
    int type = Character.getType(c);
    boolean isOne =
        c == '–'
            || c > 0x7F && (type == Character.OTHER_SYMBOL || type == Character.MODIFIER_SYMBOL);
    if (!isOne) {
      return false;
    }
    int at = end - Character.charCount(c);
    if (text.charAt(at - 1) != '=') {
      return at > afterHost + 1;
    }
    int parameter = Math.max(text.lastIndexOf('?', at), text.lastIndexOf('&', at));
    return text.indexOf('=', Math.max(start, parameter)) < at - 1;
  }
}
