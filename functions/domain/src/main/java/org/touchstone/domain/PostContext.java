package org.touchstone.domain;

/**
 * What a post says about a medium, as facts of the source: read by people, and by detectors that
 * judge what is said rather than how it looks.
 *
 * @param authorId the platform's own id of the account that posted it, when known
 * @param text what was written with it, when anything was; cut to {@link #MAX_TEXT} characters
 * @param language BCP 47 tag that the platform gives for the text, when it gives one
 * @param altText the author's description of this medium, when there is one; cut likewise
 */
public record PostContext(String authorId, String text, String language, String altText) {
  /** Most characters kept of a text. */
  public static final int MAX_TEXT = 10_000;

  /** Nothing is known. */
  public static final PostContext NONE = new PostContext(null, null, null, null);

  public PostContext {
    authorId = orAbsent(authorId);
    text = orAbsent(text);
    language = orAbsent(language);
    altText = orAbsent(altText);
  }

  private static String orAbsent(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() <= MAX_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
    return text.substring(0, end);
  }

  /** The same post's context for a medium with this description. */
  public PostContext withAltText(String description) {
    return new PostContext(authorId, text, language, description);
  }
}
