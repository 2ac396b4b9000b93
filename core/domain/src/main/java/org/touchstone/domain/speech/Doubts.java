package org.touchstone.domain.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.touchstone.domain.speech.Recording.Stretch;

/** Finds the errors of recognisers that the words and the sound show, whoever wrote them. */
final class Doubts {
  /** Passages of the same words, one after the other, from which on they count as repeated. */
  private static final int REPEATS = 3;

  /** Least share of a passage during which somebody speaks. */
  private static final double LEAST_SPEECH = 0.2;

  /** Words of a shorter passage may lie beside their speech by the recogniser's tolerance. */
  private static final double TOLERANCE = 1;

  private Doubts() {}

  /**
   * The same words with the doubts that they give rise to; nothing is left out.
   *
   * @param language BCP 47 tag
   * @param speech where somebody speaks; empty when that is not known
   */
  static List<Heard> mark(List<Heard> words, String language, List<Stretch> speech) {
    List<Heard> marked = new ArrayList<>(words.size());
    for (Heard heard : words) {
      Heard one = heard;
      if (Scripts.areOthers(one.text(), language)) {
        one = one.with(Doubt.SCRIPT);
      }
      if (one.text().indexOf('\ufffd') >= 0) {
        one = one.with(Doubt.BROKEN);
      }
      if (isOverSilence(one, speech)) {
        one = one.with(Doubt.SILENCE);
      }
      marked.add(one);
    }
    markRepeats(marked);
    return marked;
  }

  private static boolean isOverSilence(Heard heard, List<Stretch> speech) {
    double length = heard.end() - heard.start();
    if (speech.isEmpty() || length < TOLERANCE) {
      return false;
    }
    double spoken =
        speech.stream().mapToDouble(each -> each.within(heard.start(), heard.end())).sum();
    return spoken < LEAST_SPEECH * length;
  }

  private static void markRepeats(List<Heard> words) {
    int from = 0;
    for (int i = 1; i <= words.size(); i++) {
      if (i < words.size() && plain(words.get(i)).equals(plain(words.get(from)))) {
        continue;
      }
      if (i - from >= REPEATS) {
        for (int k = from; k < i; k++) {
          words.set(k, words.get(k).with(Doubt.REPEATED));
        }
      }
      from = i;
    }
  }

  /** The words without capitals, spaces and signs. */
  private static String plain(Heard heard) {
    StringBuilder letters = new StringBuilder();
    heard
        .text()
        .codePoints()
        .filter(
            c -> Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK)
        .forEach(letters::appendCodePoint);
    // Signs alone, such as dots, are compared as they are.
    return letters.isEmpty() ? heard.text() : letters.toString().toLowerCase(Locale.ROOT);
  }
}
