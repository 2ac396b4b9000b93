package org.touchstone.domain.speech;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.touchstone.domain.LanguageTag;

/**
 * Whether words are in a script that their language is written in. Languages that are not listed
 * here, and those written in several scripts beyond the listed ones, are not judged.
 */
final class Scripts {
  /** Fewer letters than this may be a name or a loan word. */
  private static final int LEAST_LETTERS = 12;

  private static final Map<String, Set<UnicodeScript>> OF = new HashMap<>();

  static {
    String latin =
        "en de es fr pt tr pl ca nl sv it id fi vi cs ro da hu no hr lt mi cy sk lv sl et br eu is"
            + " sq sw gl af oc fo ht lb haw ln tl mg so yo sn";
    put(latin, UnicodeScript.LATIN);
    put("ru uk bg mk be tg kk mn ba", UnicodeScript.CYRILLIC);
    put("sr bs tt uz az", UnicodeScript.CYRILLIC, UnicodeScript.LATIN);
    put("ar fa ur ps sd", UnicodeScript.ARABIC);
    put("he yi", UnicodeScript.HEBREW);
    put("el", UnicodeScript.GREEK);
    put("hy", UnicodeScript.ARMENIAN);
    put("ka", UnicodeScript.GEORGIAN);
    put("hi mr ne sa", UnicodeScript.DEVANAGARI);
    put("bn as", UnicodeScript.BENGALI);
    put("ta", UnicodeScript.TAMIL);
    put("te", UnicodeScript.TELUGU);
    put("kn", UnicodeScript.KANNADA);
    put("ml", UnicodeScript.MALAYALAM);
    put("gu", UnicodeScript.GUJARATI);
    put("pa", UnicodeScript.GURMUKHI, UnicodeScript.ARABIC);
    put("si", UnicodeScript.SINHALA);
    put("th", UnicodeScript.THAI);
    put("lo", UnicodeScript.LAO);
    put("km", UnicodeScript.KHMER);
    put("my", UnicodeScript.MYANMAR);
    put("bo", UnicodeScript.TIBETAN);
    put("am", UnicodeScript.ETHIOPIC);
    put("zh yue", UnicodeScript.HAN, UnicodeScript.BOPOMOFO);
    put("ja", UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);
    put("ko", UnicodeScript.HANGUL);
  }

  private Scripts() {}

  private static void put(String languages, UnicodeScript... scripts) {
    Set<UnicodeScript> all = EnumSet.noneOf(UnicodeScript.class);
    all.addAll(Set.of(scripts));
    for (String language : languages.split(" ")) {
      OF.put(language, all);
    }
  }

  /**
   * Whether most letters of a text are in scripts of which its language has none.
   *
   * @param language BCP 47 tag
   */
  static boolean areOthers(String text, String language) {
    Set<UnicodeScript> expected = OF.get(LanguageTag.language(language));
    if (expected == null) {
      return false;
    }
    int[] letters = text.codePoints().filter(Character::isLetter).toArray();
    long others = 0;
    for (int letter : letters) {
      UnicodeScript script = UnicodeScript.of(letter);
      boolean neutral = script == UnicodeScript.COMMON || script == UnicodeScript.INHERITED;
      others += neutral || expected.contains(script) ? 0 : 1;
    }
    return letters.length >= LEAST_LETTERS && 2 * others > letters.length;
  }
}
