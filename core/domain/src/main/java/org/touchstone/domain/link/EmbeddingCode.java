package org.touchstone.domain.link;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The code by which a page embeds a post. Besides the post it links to its author, to tags and to a
 * script.
 */
final class EmbeddingCode {
  private static final Pattern SCRIPT =
      Pattern.compile("(?is)<script\\b[^>]{0,500}>(?:.{0,2000}?</script>)?");

  private static final Pattern QUOTE = Pattern.compile("(?i)<blockquote\\b[^>]{1,2000}>");

  /** The attribute that names the post. */
  private static final Pattern POST =
      Pattern.compile(
          "(?i)\\s(?:cite|data-instgrm-permalink|data-text-post-permalink|data-embed-url)"
              + "\\s*=\\s*[\"']?(https?://[^\"'\\s>]+)");

  private static final Pattern ANCHOR =
      Pattern.compile("(?i)<a\\b[^>]{0,500}?\\shref\\s*=\\s*[\"']?(https?://[^\"'\\s>]+)");

  private EmbeddingCode() {}

  /**
   * The link to the post alone when the text is such a code, otherwise the text without scripts.
   */
  static String reduced(String text) {
    if (text.indexOf('<') < 0) {
      return text;
    }
    String html = SCRIPT.matcher(text).replaceAll(" ");
    Optional<String> quote = QUOTE.matcher(html).results().map(MatchResult::group).findFirst();
    if (quote.isEmpty()) {
      return html;
    }
    return POST.matcher(quote.get())
        .results()
        .map(post -> post.group(1))
        .findFirst()
        .or(() -> longest(html))
        .orElse(html);
  }

  /**
   * Of several links the one with the most parts: a post's is longer than a person's or a tag's.
   */
  private static Optional<String> longest(String html) {
    return ANCHOR
        .matcher(html)
        .results()
        .map(anchor -> anchor.group(1))
        .max(Comparator.comparingLong(EmbeddingCode::parts));
  }

  private static long parts(String link) {
    return link.split("[?#]", 2)[0].chars().filter(c -> c == '/').count();
  }
}
