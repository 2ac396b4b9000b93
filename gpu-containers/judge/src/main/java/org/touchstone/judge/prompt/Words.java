package org.touchstone.judge.prompt;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * How much is said, for every script. Words are counted where spaces divide them. Scripts that are
 * written without spaces have a number of characters for a word: two for Han and Kana, three for
 * the scripts of South-East Asia and for Tibetan, where marks are not counted. Both are rough means
 * of the length of a word there.
 */
public final class Words {
  /** The least that can be judged, in words. */
  public static final int LEAST = 15;

  private static final int HAN_WORD = 2;
  private static final int SYLLABIC_WORD = 3;
  private static final Set<UnicodeScript> HAN =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO);
  private static final Set<UnicodeScript> SYLLABIC =
      Set.of(
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN,
          UnicodeScript.JAVANESE,
          UnicodeScript.BALINESE);

  private Words() {}

  /** The length of a text in words; parts of words in scripts without spaces are rounded down. */
  public static int in(String text) {
    int words = 0;
    int han = 0;
    int syllabic = 0;
    boolean inWord = false;
    for (int point : text.codePoints().toArray()) {
      UnicodeScript script = UnicodeScript.of(point);
      boolean letter = Character.isLetterOrDigit(point);
      if (letter && HAN.contains(script)) {
        han++;
        inWord = false;
      } else if (letter && SYLLABIC.contains(script)) {
        syllabic++;
        inWord = false;
      } else if (letter && !inWord) {
        words++;
        inWord = true;
      } else if (Character.isWhitespace(point)) {
        inWord = false;
      }
    }
    return words + han / HAN_WORD + syllabic / SYLLABIC_WORD;
  }
}
