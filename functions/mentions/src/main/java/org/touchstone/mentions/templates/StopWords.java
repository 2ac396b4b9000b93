package org.touchstone.mentions.templates;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words by which people opt out. A text is compared as a whole, without case, accents,
 * punctuation and emoji: "Stop!" opts out, "Is this non-stop flight real?" does not.
 */
public final class StopWords {
  /** Longer texts are no opt-out. */
  private static final int MAX_LENGTH = 80;

  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{Nd}]+");

  private final Set<String> words;

  StopWords(Collection<String> words) {
    this.words =
        words.stream()
            .map(StopWords::bare)
            .filter(word -> !word.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether somebody who writes this does not want to hear from the bot. */
  public boolean isStop(String text) {
    return text.length() <= MAX_LENGTH && words.contains(bare(text));
  }

  private static String bare(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    return NOT_WORDS.matcher(MARKS.matcher(plain).replaceAll("")).replaceAll(" ").strip();
  }
}
