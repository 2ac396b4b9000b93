package org.touchstone.intake.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.Category;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Provenance;
import org.touchstone.domain.Reason;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.account.Scope;
import org.touchstone.domain.provenance.Label;
import org.touchstone.domain.provenance.Step;
import org.touchstone.domain.provenance.Voucher;
import org.touchstone.domain.voting.GroundTruth;
import org.touchstone.domain.voting.ReasonCode;

/** The texts of the pages are complete in each language. */
class TextsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d+}");
  private static final Pattern USE = Pattern.compile("texts\\.(?:of|with)\\('([^']+)'");

  /** Problems of calls that no page makes: they are shown to programs only. */
  private static final Set<String> FOR_PROGRAMS =
      Set.of("batch", "callback", "webhook", "delivery", "purchase", "signature", "statement");

  static Stream<String> languages() {
    return Texts.LANGUAGES.stream();
  }

  static Stream<String> translations() {
    return languages().skip(1);
  }

  private static Properties read(String language) {
    Properties texts = new Properties();
    try (Reader in =
        new InputStreamReader(
            TextsTest.class.getResourceAsStream("/page/texts/" + language + ".properties"),
            StandardCharsets.UTF_8)) {
      texts.load(in);
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("translations")
  void everyTextIsTranslated(String language) {
    Properties texts = read(language);

    assertThat(texts.stringPropertyNames()).containsAll(read("en").stringPropertyNames());
    assertThat(texts.stringPropertyNames())
        .allSatisfy(key -> assertThat(texts.getProperty(key)).as(key).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("translations")
  void aTranslationHasThePlacesOfTheEnglishText(String language) {
    Properties texts = read(language);
    Properties english = read("en");

    for (String key : english.stringPropertyNames()) {
      assertThat(places(texts.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
  }

  private static Set<String> places(String text) {
    Matcher places = PLACE.matcher(text);
    return places
        .results()
        .map(place -> place.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyTextWithPlacesIsAMessage(String language) {
    Properties texts = read(language);

    for (String key : texts.stringPropertyNames()) {
      if (PLACE.matcher(texts.getProperty(key)).find()) {
        String filled =
            new MessageFormat(texts.getProperty(key).replace("'", "''"))
                .format(new Object[] {"ONE", "TWO", "THREE"});
        assertThat(filled).as(key).contains("ONE").doesNotContain("{", "''");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyLevelStateAndReasonHasItsWords(String language) {
    Properties texts = read(language);

    assertThat(texts.stringPropertyNames())
        .containsAll(keys("level.", Verdict.Level.values()))
        .containsAll(keys("quote.", Verdict.Level.values()))
        .containsAll(keys("caution.", Verdict.Level.values()))
        .containsAll(keys("side.", Verdict.Side.values()))
        .containsAll(keys("category.", Category.values()))
        .containsAll(keys("reason.", Reason.values()))
        .containsAll(keys("provenance.", Provenance.State.values()))
        .containsAll(keys("provenance.problem.", org.touchstone.domain.provenance.Problem.values()))
        .containsAll(keys("provenance.vouched.", Voucher.values()))
        .containsAll(keys("provenance.step.", Step.Kind.values()))
        .containsAll(keys("provenance.label.", Label.Forgeability.values()))
        .containsAll(keys("truth.", GroundTruth.values()))
        .containsAll(keys("account.may.", Scope.values()));
  }

  /** In English, the API's own sentences are shown. */
  @ParameterizedTest
  @MethodSource("translations")
  void everySentenceOfTheApiThatAPageShowsIsTranslated(String language) {
    Properties texts = read(language);

    assertThat(texts.stringPropertyNames())
        .containsAll(keys("verdict.", ReasonCode.values()))
        .containsAll(
            Arrays.stream(ProblemType.values())
                .map(ProblemType::code)
                .filter(
                    code ->
                        !FOR_PROGRAMS.contains(
                            code.substring(
                                0, code.indexOf('.') < 0 ? code.length() : code.indexOf('.'))))
                .map(code -> "problem." + code)
                .toList());
  }

  private static List<String> keys(String prefix, Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> prefix + value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
        .toList();
  }

  @Test
  void theTemplatesUseNoTextThatDoesNotExist() throws IOException {
    Set<String> known = read("en").stringPropertyNames();
    int used = 0;
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/templates/pages"))) {
      for (Path file : files.toList()) {
        for (var use : USE.matcher(Files.readString(file)).results().toList()) {
          assertThat(known).as(file.toString()).contains(use.group(1));
          used++;
        }
      }
    }
    assertThat(used).isGreaterThan(100);
  }

  @Test
  void anUnknownLanguageIsShownInEnglish() {
    assertThat(Texts.in("xx").language()).isEqualTo("en");
  }

  @Test
  void numbersAreWrittenAsPeopleWriteThem() {
    assertThat(Texts.in("de").percent(0.005)).isEqualTo("0,5\u00a0%");
    assertThat(Texts.in("en").percent(0.94)).isEqualTo("94%");
    assertThat(Texts.in("fr").number(482_113)).isEqualTo("482\u202f113");
  }
}
