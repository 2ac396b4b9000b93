package org.touchstone.mentions.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.mentions.platform.PlatformFactory;
import org.touchstone.mentions.platform.Prices;
import org.touchstone.mentions.platform.Traits;
import org.touchstone.mentions.platforms.Platforms;

class TemplatesTest {
  private static final Map<String, Traits> PLATFORMS =
      Platforms.all().stream()
          .collect(Collectors.toMap(PlatformFactory::name, PlatformFactory::traits));

  @TempDir Path folder;

  @Test
  void everyTextOfEveryLanguageFitsOnEveryPlatform() {
    assertThat(PLATFORMS).hasSize(3);
    assertThat(TemplateCheck.findings(Templates.builtIn(), PLATFORMS)).isEmpty();
  }

  @Test
  void noTextIsLeftUntranslated() {
    Map<String, Texts> languages = Templates.builtIn().languages();
    assertThat(languages.keySet()).containsExactly("en", "es", "pt", "fr", "de", "ja");
    for (TextKey key : TextKey.values()) {
      if (key != TextKey.LINK) {
        assertThat(languages.values())
            .extracting(t -> t.texts().get(key.key()))
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void anOrganisationsTextsTakeThePlaceOfOurs() throws IOException {
    Files.writeString(
        folder.resolve("en.json"), "{\"texts\": {\"level.high\": \"Fake, we think.\"}}");
    Templates templates = Templates.in(folder);
    assertThat(templates.text("en", TextKey.LEVEL_HIGH)).isEqualTo("Fake, we think.");
    assertThat(templates.text("en", TextKey.LEVEL_LOW)).startsWith("🟢");
    assertThat(TemplateCheck.findings(templates, PLATFORMS)).isEmpty();
  }

  @Test
  void theCheckNamesWhatIsMissingTooLongOrWrong() throws IOException {
    Files.writeString(
        folder.resolve("it.json"),
        "{\"texts\": {\"level.high\": \"%s\", \"hello\": \"@you\", \"signature\": \"x\"}}"
            .formatted("a".repeat(600)));
    List<String> findings = TemplateCheck.findings(Templates.in(folder), PLATFORMS);
    assertThat(findings)
        .contains(
            "it: the text level.low is missing.",
            "it: there is not a text called hello.",
            "it: hello has an at sign, which could notify people.",
            "it: the text signature lacks {name}.",
            "it: there are not any stop words.",
            "it: level.high is too long for x.",
            "it: level.high is too long for mastodon.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "{\"texts\": 5}", "nonsense", "null", "{\"texts\": {\"late\": null}}"})
  void aFileThatIsNotOneOfTextsIsNamed(String content) {
    assertThatThrownBy(
            () -> {
              Files.writeString(folder.resolve("en.json"), content);
              Templates.in(folder);
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("en.json");
  }

  @Test
  void languagesFallBackToTheGeneralOneThenToThePersonsThenToEnglish() {
    Templates templates = Templates.builtIn();
    assertThat(templates.language("pt-BR", "de")).isEqualTo("pt");
    assertThat(templates.language("xx-nonsense-", "de-CH")).isEqualTo("de");
    assertThat(templates.language(null, null, "sv")).isEqualTo("en");
  }

  @Test
  void aTextThatDoesNotFitWithItsLinkGoesWithout() {
    Traits narrow = new Traits(1, false, false, 190, String::length, Prices.FREE);
    Composer.Composed composed =
        new Composer(Templates.builtIn())
            .compose(
                "en",
                TextKey.LEVEL_HIGH,
                false,
                "foo",
                "12345678",
                Optional.of(URI.create("https://example.org/" + "a".repeat(60))),
                narrow)
            .orElseThrow();
    assertThat(composed.hasLink()).isFalse();
    assertThat(composed.text()).endsWith("Automated reply for foo, ref. 12345678");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", " STOP!!! 🛑", "Ne me répondez plus.", "déjame en paz", "停止。"})
  void stopIsUnderstood(String text) {
    assertThat(Templates.builtIn().stopWords().isStop(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "is this non-stop flight real?", "stop the steal", "para mim parece falso"})
  void otherTextsAreNoStop(String text) {
    assertThat(Templates.builtIn().stopWords().isStop(text)).isFalse();
  }
}
