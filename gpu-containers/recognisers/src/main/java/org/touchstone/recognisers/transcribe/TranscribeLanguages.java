package org.touchstone.recognisers.transcribe;

import java.util.List;
import java.util.Optional;
import org.touchstone.domain.LanguageTag;

/**
 * The languages that Amazon Transcribe can be told, as its API reference lists them for {@code
 * LanguageCode}; of several regions of a language the one named first stands for the others. Later
 * ones than these are left to its own identification.
 */
final class TranscribeLanguages {
  private static final List<String> CODES =
      List.of(
          ("en-US en-GB en-AU en-IE en-IN en-NZ en-ZA en-AB en-WL af-ZA ar-SA ar-AE cy-GB da-DK"
                  + " de-DE de-CH es-ES es-US fa-IR fr-FR fr-CA ga-IE gd-GB he-IL hi-IN id-ID"
                  + " it-IT ja-JP ko-KR ms-MY nl-NL pt-BR pt-PT ru-RU sv-SE ta-IN te-IN th-TH"
                  + " tr-TR vi-VN zh-CN zh-TW")
              .split(" "));

  private TranscribeLanguages() {}

  /** The code of a language; empty when it cannot be told. */
  static Optional<String> code(String tag) {
    if (CODES.contains(tag)) {
      return Optional.of(tag);
    }
    String language = LanguageTag.language(tag) + "-";
    return CODES.stream().filter(code -> code.startsWith(language)).findFirst();
  }
}
