package org.touchstone.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/**
 * A post's statements about a medium, as facts of the source. People read them, and so do detectors
 * that judge the content of a claim rather than pixels.
 *
 * @param authorId the platform's own id of the account that posted it, when known
 * @param text the post's text, if it has any; cut to {@link #MAX_TEXT} characters
 * @param language BCP 47 tag that the platform gives for the text, when it gives one
 * @param altText the author's description of this medium, when there is one; cut likewise
 * @param communityNotes notes that readers added and the platform shows with the post; each cut
 *     likewise, at most {@link #MAX_NOTES}; never absent
 * @param declaredAi the platform's own label that a generator made or changed it; absent without
 *     one
 */
public record PostContext(
    String authorId,
    String text,
    String language,
    String altText,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> communityNotes,
    DeclaredAi declaredAi) {
  /** Maximum number of characters kept of a text. */
  public static final int MAX_TEXT = 10_000;

  /** Maximum number of notes kept of a post. */
  public static final int MAX_NOTES = 10;

  /** Nothing is known. */
  public static final PostContext NONE = new PostContext(null, null, null, null);

  public PostContext {
    authorId = orAbsent(authorId);
    text = orAbsent(text);
    language = orAbsent(language);
    altText = orAbsent(altText);
    communityNotes =
        communityNotes == null
            ? List.of()
            : communityNotes.stream()
                .map(PostContext::orAbsent)
                .filter(Objects::nonNull)
                .limit(MAX_NOTES)
                .toList();
  }

  /** A post without a platform's label. */
  public PostContext(
      String authorId, String text, String language, String altText, List<String> communityNotes) {
    this(authorId, text, language, altText, communityNotes, null);
  }

  /** A post without community notes. */
  public PostContext(String authorId, String text, String language, String altText) {
    this(authorId, text, language, altText, List.of());
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
    return new PostContext(authorId, text, language, description, communityNotes, declaredAi);
  }

  /** A copy with the platform's own label; null for none. */
  public PostContext with(DeclaredAi label) {
    return new PostContext(authorId, text, language, altText, communityNotes, label);
  }
}
