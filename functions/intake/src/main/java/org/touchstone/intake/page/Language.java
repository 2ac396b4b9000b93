package org.touchstone.intake.page;

import jakarta.ws.rs.core.Cookie;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;

/**
 * Chooses the language of a page: what was asked for, was chosen before, or the browser prefers.
 */
final class Language {
  static final String COOKIE = "touchstone-language";

  private Language() {}

  /**
   * The language.
   *
   * @param asked the language in the address; may be null
   * @param preferred the value of {@code Accept-Language}; may be null
   */
  static Texts of(String asked, Map<String, Cookie> cookies, String preferred) {
    if (isKnown(asked)) {
      return Texts.in(asked);
    }
    Cookie chosen = cookies.get(COOKIE);
    if (chosen != null && isKnown(chosen.getValue())) {
      return Texts.in(chosen.getValue());
    }
    return Texts.in(preferred(preferred));
  }

  /** Whether the pages have texts in a language. */
  static boolean isKnown(String language) {
    return language != null && Texts.LANGUAGES.contains(language);
  }

  private static String preferred(String header) {
    if (header == null || header.length() > 1_000) {
      return Texts.LANGUAGES.getFirst();
    }
    try {
      List<Locale> known = Texts.LANGUAGES.stream().map(Locale::forLanguageTag).toList();
      Locale best = Locale.lookup(LanguageRange.parse(header), known);
      return best == null ? Texts.LANGUAGES.getFirst() : best.getLanguage();
    } catch (IllegalArgumentException e) {
      return Texts.LANGUAGES.getFirst();
    }
  }
}
