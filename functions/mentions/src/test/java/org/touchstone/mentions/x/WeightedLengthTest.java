package org.touchstone.mentions.x;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightedLengthTest {
  /** Lengths as twitter-text's third configuration and X's page on counting give them. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "This is a test.,15",
    "http://test.com,23",
    "test.com,23",
    "Test https://test.com test https://test.com test.com test,86",
    "https://example.com/very/long/path/that/does/not/count/at/all?a=b,23",
    "'Hello, world! \uD83D\uDC4B',16",
    // One emoji, with a skin tone, joined, a family, a flag, a keycap.
    "\uD83D\uDC7E,2",
    "\uD83D\uDE4B\uD83C\uDFFD,2",
    "\uD83D\uDC68\u200D\uD83C\uDFA4,2",
    "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66,2",
    "\uD83C\uDDEC\uD83C\uDDE7,2",
    "1\uFE0F\u20E3,2",
    "\u00A9\uFE0F,2",
    "\u00A9,1",
    // Chinese, Japanese, Korean, full width, Arabic, Devanagari.
    "\u6F22\u5B57,4",
    "\u306E\u306E\u306E,6",
    "\uC800,2",
    "\u0645\u0631\u062D\u0628\u0627,5",
    "\u0928\u092E\u0938\u094D\u0924\u0947,6",
    // Composed and decomposed letters count the same.
    "caf\u00E9,4",
    "cafe\u0301,4",
    // Curly quotes and dashes count once, the ellipsis twice.
    "\u201Cyes\u201D,5",
    "a\u2013b,3",
    "a\u2026,3",
    "@name and #tag,14",
    "\uD83D\uDD34 high: 0.97,13"
  })
  void countsAsX(String text, int length) {
    assertThat(WeightedLength.CURRENT.of(text)).isEqualTo(length);
  }

  @ParameterizedTest
  @CsvSource({"a.b.c", "Version1.Two", "file.unknowndomainending"})
  void neverCountsLessThanTheCharacters(String text) {
    assertThat(WeightedLength.CURRENT.of(text)).isGreaterThanOrEqualTo(text.length());
  }
}
