package org.touchstone.intake.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The pages' texts in one language, from {@code page/texts/LANGUAGE.properties}. A text that a
 * language lacks is shown in English.
 */
public final class Texts {
  /** The languages, the first for those whose own is not among them. */
  public static final List<String> LANGUAGES = List.of("en", "es", "pt", "fr", "de", "ja");

  private static final Map<String, Texts> ALL = new LinkedHashMap<>();

  static {
    for (String language : LANGUAGES) {
      ALL.put(language, new Texts(language, read(language)));
    }
  }

  private final String language;
  private final Locale locale;
  private final Properties texts;

  private Texts(String language, Properties texts) {
    this.language = language;
    this.locale = Locale.forLanguageTag(language);
    this.texts = texts;
  }

  private static Properties read(String language) {
    Properties properties = new Properties();
    try (InputStream in =
        Texts.class.getResourceAsStream("/page/texts/" + language + ".properties")) {
      if (in != null) {
        properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The texts of a language; those of the first language when there are none of it. */
  public static Texts in(String language) {
    return ALL.getOrDefault(language, ALL.get(LANGUAGES.getFirst()));
  }

  /** All languages. */
  public static List<Texts> all() {
    return List.copyOf(ALL.values());
  }

  /** The language's BCP 47 tag. */
  public String language() {
    return language;
  }

  /** The language's name for itself. */
  public String name() {
    return of("language.name");
  }

  /** A text of the page. */
  public String of(String key) {
    return find(key).orElseThrow(() -> new IllegalArgumentException("no text: " + key));
  }

  /** A text with a value in it. */
  public String with(String key, Object value) {
    return new MessageFormat(pattern(key), locale).format(new Object[] {value});
  }

  /** A text with values in it. */
  public String with(String key, List<?> values) {
    return new MessageFormat(pattern(key), locale).format(values.toArray());
  }

  /** A text, if the page has one of that key. */
  public Optional<String> find(String key) {
    return Optional.ofNullable(texts.getProperty(key))
        .or(() -> Optional.ofNullable(ALL.get(LANGUAGES.getFirst()).texts.getProperty(key)));
  }

  /** Quotation marks are no syntax in these files. */
  private String pattern(String key) {
    return of(key).replace("'", "''");
  }

  /** A share between 0 and 1 in percent. */
  public String percent(double share) {
    NumberFormat format = NumberFormat.getPercentInstance(locale);
    format.setMaximumFractionDigits(share > 0 && share < 0.01 ? 1 : 0);
    return format.format(share);
  }

  /** A number. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  /** An instant in UTC. */
  public String time(Instant at) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(locale)
            .format(at.atZone(ZoneOffset.UTC))
        + " UTC";
  }

  /** Minutes and seconds of a position in a video or a sound. */
  public static String position(double seconds) {
    long whole = Math.round(seconds * 10);
    return "%d:%02d.%d".formatted(whole / 600, whole / 10 % 60, whole % 10);
  }
}
