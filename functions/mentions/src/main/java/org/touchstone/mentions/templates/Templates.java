package org.touchstone.mentions.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.touchstone.domain.Json;
import org.touchstone.domain.LanguageTag;

/** The texts of all languages: the built-in ones, and an organisation's own in their place. */
public final class Templates {
  /** Languages that come with the bot. */
  public static final List<String> BUILT_IN = List.of("en", "es", "pt", "fr", "de", "ja");

  private static final int MAX_BYTES = 256 * 1024;
  private static final String SUFFIX = ".json";

  private final Map<String, Texts> languages;

  private Templates(Map<String, Texts> languages) {
    this.languages = languages;
  }

  /** The built-in texts. */
  public static Templates builtIn() {
    Map<String, Texts> languages = new LinkedHashMap<>();
    BUILT_IN.forEach(language -> languages.put(language, resource(language)));
    return new Templates(languages);
  }

  private static Texts resource(String language) {
    try (InputStream in = Templates.class.getResourceAsStream(language + SUFFIX)) {
      return Json.read(in.readAllBytes(), Texts.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The built-in texts, with those of a folder in their place. A folder may add languages.
   *
   * @param folder with files such as {@code en.json}
   * @throws IllegalArgumentException when a file cannot be read; the message names it
   */
  public static Templates in(Path folder) {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
        if (Files.size(file) > MAX_BYTES) {
          throw new IllegalArgumentException(file.getFileName() + " is too large");
        }
        String name = file.getFileName().toString();
        files.put(name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("The folder of templates cannot be read.", e);
    }
    return builtIn().with(files);
  }

  /**
   * These texts, with an organisation's own in their place.
   *
   * @param find an organisation's file of a language; only built-in languages are asked for
   */
  public Templates with(Function<String, Optional<byte[]>> find) {
    Map<String, byte[]> files = new TreeMap<>();
    BUILT_IN.forEach(language -> find.apply(language).ifPresent(f -> files.put(language, f)));
    return with(files);
  }

  private Templates with(Map<String, byte[]> files) {
    Map<String, Texts> both = new LinkedHashMap<>(languages);
    files.forEach((language, file) -> both.merge(tag(language), read(language, file), Texts::with));
    return new Templates(both);
  }

  private static String tag(String language) {
    return LanguageTag.canonical(language)
        .orElseThrow(
            () -> new IllegalArgumentException(language + SUFFIX + " is not named by a language"));
  }

  private static Texts read(String language, byte[] file) {
    try {
      Texts texts = file.length > MAX_BYTES ? null : Json.read(file, Texts.class);
      if (texts != null) {
        return texts;
      }
    } catch (UncheckedIOException | NullPointerException e) {
      throw new IllegalArgumentException(language + SUFFIX + " is not a file of texts", e);
    }
    throw new IllegalArgumentException(language + SUFFIX + " is not a file of texts");
  }

  /** All languages with their texts. */
  public Map<String, Texts> languages() {
    return Collections.unmodifiableMap(languages);
  }

  /**
   * The first of some languages that has texts.
   *
   * @param wanted BCP 47 tags, the best first; null for an unknown one
   * @return a key of {@link #languages}
   */
  public String language(String... wanted) {
    for (String tag : wanted) {
      Optional<String> canonical = LanguageTag.canonical(tag);
      if (canonical.filter(languages::containsKey).isPresent()) {
        return canonical.get();
      }
      Optional<String> general = canonical.map(LanguageTag::language);
      if (general.filter(languages::containsKey).isPresent()) {
        return general.get();
      }
    }
    return BUILT_IN.getFirst();
  }

  /**
   * A text in a language, or in English where that language lacks it.
   *
   * @param language a key of {@link #languages}
   */
  public String text(String language, TextKey key) {
    String text = languages.get(language).texts().get(key.key());
    return text == null ? languages.get(BUILT_IN.getFirst()).texts().get(key.key()) : text;
  }

  /** The words by which people opt out, of all languages. */
  public StopWords stopWords() {
    return new StopWords(languages.values().stream().flatMap(t -> t.stop().stream()).toList());
  }
}
