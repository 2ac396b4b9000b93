package org.touchstone.judge.prompt;

import java.time.Instant;
import java.util.Objects;

/**
 * What is known of some speech. Texts are cut to bounded lengths.
 *
 * @param transcript what was said; at most {@link #MAX_TRANSCRIPT} code points
 * @param language BCP 47 tag; null when it is not known
 * @param platform where it was posted; null when it is not known
 * @param author who posted it; null when it is not known
 * @param postedAt when; null when it is not known
 * @param text what the post says; null when nothing is known
 */
public record Question(
    String transcript,
    String language,
    String platform,
    String author,
    Instant postedAt,
    String text) {
  /** More than ten minutes of fast speech. */
  public static final int MAX_TRANSCRIPT = 12_000;

  private static final int MAX_TEXT = 2_000;
  private static final int MAX_NAME = 200;

  public Question {
    transcript = cut(Objects.requireNonNull(transcript, "transcript"), MAX_TRANSCRIPT);
    language = cut(language, MAX_NAME);
    platform = cut(platform, MAX_NAME);
    author = cut(author, MAX_NAME);
    text = cut(text, MAX_TEXT);
  }

  /** A transcript of which nothing else is known. */
  public static Question of(String transcript, String language) {
    return new Question(transcript, language, null, null, null, null);
  }

  /** Whether a transcript is longer than what is judged of it. */
  public static boolean isCut(String transcript) {
    return transcript.codePointCount(0, transcript.length()) > MAX_TRANSCRIPT;
  }

  private static String cut(String text, int most) {
    return text == null || text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most));
  }
}
