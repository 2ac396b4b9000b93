package org.touchstone.domain;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tags of languages as BCP 47 has them, such as {@code de} and {@code pt-BR}. */
public final class LanguageTag {
  /** The longest tag that is accepted; RFC 5646 (4.4.1) expects no longer one. */
  private static final int MAX_LENGTH = 35;

  private static final Set<String> ISO_639_1 = Set.of(Locale.getISOLanguages());

  private LanguageTag() {}

  /**
   * The canonical form of a tag; empty when it is not well-formed, names no language or one of two
   * letters that ISO 639-1 does not know.
   *
   * @param tag may be null
   */
  public static Optional<String> canonical(String tag) {
    if (tag == null || tag.isEmpty() || tag.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      Locale locale = new Locale.Builder().setLanguageTag(tag).build();
      String language = locale.getLanguage();
      boolean known =
          language.length() == 2 ? ISO_639_1.contains(language) : language.length() == 3;
      return known ? Optional.of(locale.toLanguageTag()) : Optional.empty();
    } catch (IllformedLocaleException e) {
      return Optional.empty();
    }
  }

  /** The language of a tag, without script, region and variants: {@code pt} of {@code pt-BR}. */
  public static String language(String tag) {
    return Locale.forLanguageTag(tag).getLanguage();
  }
}
