package org.touchstone.detectors.sound.recognition;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.domain.LanguageTag;

/**
 * The languages that a recogniser knows.
 *
 * @param tags BCP 47 tags in the order of their tokens
 */
record Known(List<String> tags) {
  /** Tags under which Whisper has a language, where BCP 47 has a narrower one. */
  private static final Map<String, String> WIDER =
      Map.of("nb", "no", "fil", "tl", "cmn", "zh", "arb", "ar", "prs", "fa", "pes", "fa");

  /** The index of the language that a tag names; empty when it is not known. */
  Optional<Integer> index(String tag) {
    String language = LanguageTag.language(tag);
    int index = tags.indexOf(language);
    if (index < 0) {
      index = tags.indexOf(WIDER.getOrDefault(language, language));
    }
    return index < 0 ? Optional.empty() : Optional.of(index);
  }

  /** The tag of the language of an index; {@code und} for one that the manifest does not name. */
  String tag(int index) {
    return index < tags.size() ? tags.get(index) : "und";
  }
}
