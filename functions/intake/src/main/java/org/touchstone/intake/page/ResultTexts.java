package org.touchstone.intake.page;

import java.util.List;
import java.util.Locale;
import org.touchstone.domain.LanguageTag;
import org.touchstone.intake.page.ResultView.Fact;

/** What files and people wrote, within bounds: a page stays one that can be read. */
final class ResultTexts {
  /** The longest text. */
  static final int MAX_TEXT = 2_000;

  /** The longest name. */
  static final int MAX_NAME = 200;

  private ResultTexts() {}

  static String cut(String text) {
    return cut(text, MAX_TEXT);
  }

  static String name(String text) {
    return cut(text, MAX_NAME);
  }

  static String cut(String text, int most) {
    if (text == null || text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /** A link that a browser may follow, which leads to the web; null for others. */
  static String link(String url) {
    return url != null && (url.startsWith("https://") || url.startsWith("http://")) ? url : null;
  }

  /** A tag that a browser understands; null for others. */
  static String language(String tag) {
    return tag == null ? null : LanguageTag.canonical(tag).orElse(null);
  }

  /** The name of a value in keys of texts. */
  static String code(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Adds a fact, if there is a value. */
  static void add(List<Fact> facts, Texts texts, String key, String value) {
    if (value != null && !value.isBlank()) {
      facts.add(new Fact(texts.of(key), cut(value)));
    }
  }
}
