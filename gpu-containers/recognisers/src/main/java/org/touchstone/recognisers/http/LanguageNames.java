package org.touchstone.recognisers.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.touchstone.domain.LanguageTag;

/** Languages as servers name them: by a tag, or in English as OpenAI's own does. */
final class LanguageNames {
  private static final Map<String, String> BY_NAME = new HashMap<>();

  static {
    for (String code : Locale.getISOLanguages()) {
      String name = Locale.of(code).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT);
      BY_NAME.putIfAbsent(name, Locale.of(code).toLanguageTag());
    }
    // Whisper's names where Java has another.
    BY_NAME.put("mandarin", "zh");
    BY_NAME.put("cantonese", "yue");
    BY_NAME.put("castilian", "es");
    BY_NAME.put("valencian", "ca");
    BY_NAME.put("flemish", "nl");
    BY_NAME.put("haitian creole", "ht");
    BY_NAME.put("myanmar", "my");
    BY_NAME.put("hawaiian", "haw");
    BY_NAME.put("moldavian", "ro");
    BY_NAME.put("panjabi", "pa");
    BY_NAME.put("sinhalese", "si");
    BY_NAME.put("pushto", "ps");
  }

  private LanguageNames() {}

  /** The BCP 47 tag of a language; {@code und} when the name is not known. */
  static String tag(String name) {
    String known = BY_NAME.get(name.strip().toLowerCase(Locale.ROOT));
    return known != null ? known : LanguageTag.canonical(name.strip()).orElse("und");
  }
}
