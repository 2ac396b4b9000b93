package org.touchstone.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageTagTest {
  @ParameterizedTest
  @CsvSource({
    "de, de",
    "DE-at, de-AT",
    "zh-hant-hk, zh-Hant-HK",
    "iw, he",
    "yue, yue",
    "haw, haw",
    "sr-Latn, sr-Latn"
  })
  void tagsOfLanguagesAreMadeCanonical(String tag, String canonical) {
    assertThat(LanguageTag.canonical(tag)).contains(canonical);
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {"und", "x-klingon", "german", "qq", "de_DE", "d", "de DE", "de-", "../de", "deü"})
  void othersAreNone(String tag) {
    assertThat(LanguageTag.canonical(tag)).isEmpty();
    assertThat(LanguageTag.canonical("de-x-" + "a1b2c3d4-".repeat(9) + "a")).isEmpty();
  }

  @Test
  void theLanguageStandsFirst() {
    assertThat(LanguageTag.language("zh-Hant-HK")).isEqualTo("zh");
    assertThat(LanguageTag.language("und")).isEmpty();
  }
}
