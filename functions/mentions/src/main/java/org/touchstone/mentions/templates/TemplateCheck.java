package org.touchstone.mentions.templates;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.touchstone.mentions.platform.Traits;

/** Proves that every text of every language is there and fits on every platform. */
public final class TemplateCheck {
  /** As long as names and references get. */
  private static final String NAME = "W".repeat(Composer.MAX_NAME);

  private static final String REF = "88888888";

  /** A link to a shared result at an address of common length. */
  private static final URI LINK =
      URI.create("https://touchstone.example.org/a/0123456789abcdefghijkl");

  private static final List<String> PLACEHOLDERS = List.of("{name}", "{ref}");

  /** Longest description of itself: X's profiles have 160 characters, the shortest of all. */
  private static final int MAX_ABOUT = 160;

  private TemplateCheck() {}

  /**
   * Checks texts.
   *
   * @param platforms what each platform allows, by its name
   * @return a sentence for everything that is missing or wrong; empty when all is well
   */
  public static List<String> findings(Templates templates, Map<String, Traits> platforms) {
    List<String> findings = new ArrayList<>();
    templates.languages().forEach((tag, texts) -> check(tag, texts, findings));
    Composer composer = new Composer(templates);
    for (String language : templates.languages().keySet()) {
      new TreeMap<>(platforms)
          .forEach((name, traits) -> lengths(composer, language, name, traits, findings));
    }
    return List.copyOf(findings);
  }

  private static void check(String language, Texts texts, List<String> findings) {
    for (TextKey key : TextKey.values()) {
      String text = texts.texts().get(key.key());
      if (text == null || text.isBlank()) {
        findings.add(language + ": the text " + key.key() + " is missing.");
      }
    }
    texts
        .texts()
        .forEach(
            (key, text) -> {
              if (TextKey.find(key).isEmpty()) {
                findings.add(language + ": there is not a text called " + key + ".");
              }
              if (text.contains("@")) {
                findings.add(language + ": " + key + " has an at sign, which could notify people.");
              }
            });
    String signature = texts.texts().getOrDefault(TextKey.SIGNATURE.key(), "");
    PLACEHOLDERS.stream()
        .filter(placeholder -> !signature.isBlank() && !signature.contains(placeholder))
        .forEach(p -> findings.add(language + ": the text signature lacks " + p + "."));
    String about = texts.texts().getOrDefault(TextKey.ABOUT.key(), "");
    if (about.codePointCount(0, about.length()) > MAX_ABOUT) {
      findings.add(language + ": the text about is longer than " + MAX_ABOUT + " characters.");
    }
    if (texts.stop().isEmpty()) {
      findings.add(language + ": there are not any stop words.");
    }
  }

  private static void lengths(
      Composer composer, String language, String name, Traits traits, List<String> findings) {
    for (TextKey key : TextKey.values()) {
      if (!key.isReply()) {
        continue;
      }
      boolean isLevel = key.key().startsWith("level.");
      check(composer, language, key, false, name, traits, isLevel, findings);
      if (isLevel && traits.mayCorrect()) {
        check(composer, language, key, true, name, traits, false, findings);
      }
    }
  }

  private static void check(
      Composer composer,
      String language,
      TextKey key,
      boolean correction,
      String platform,
      Traits traits,
      boolean linked,
      List<String> findings) {
    Optional<Composer.Composed> composed =
        composer.compose(
            language,
            key,
            correction,
            NAME,
            REF,
            linked ? Optional.of(LINK) : Optional.empty(),
            traits);
    String what = key.key() + (correction ? " as a correction" : "");
    if (composed.isEmpty()) {
      findings.add(language + ": " + what + " is too long for " + platform + ".");
    } else if (linked && !composed.get().hasLink()) {
      findings.add(language + ": " + what + " does not fit on " + platform + " with a link.");
    }
  }
}
