package org.touchstone.judge.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.settings.InvalidSettingsException;
import org.touchstone.judge.Judges;
import org.touchstone.judge.cost.Price;
import org.touchstone.judge.cost.Usage;

class JudgeSettingsTest {
  private static final String GOOD =
      "{'provider': 'openai-compatible', 'address': 'https://api.example.org/v1', 'model': 'm'}";

  @Test
  void hasCautiousDefaults() {
    JudgeSettings settings = Judges.settings(GOOD);

    assertThat(settings.thirdParty()).isTrue();
    assertThat(settings.isPrivate()).isFalse();
    assertThat(settings.temperature()).isLessThanOrEqualTo(0.2);
    assertThat(settings.votes()).isOne();
    assertThat(settings.price().usdMicrosPerMonth()).isNull();
  }

  @Test
  void priceOfTokensIsRoundedUp() {
    Price price =
        Judges.settings(
                GOOD.replace(
                    "}",
                    ", 'usdPerMillionInput': 2.5, 'usdPerMillionOutput': 10, 'usdPerMonth': 1.5}"))
            .price();

    assertThat(price.usdMicros(new Usage(1001, 100, true))).isEqualTo(3503);
    assertThat(price.usdMicrosPerMonth()).isEqualTo(1_500_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'model': 'm' | 'model': 'm', 'modl': 'm' | modl: is not a field",
        "'model': 'm' | 'model': '' | model",
        "'model': 'm' | 'model': 'm', 'votes': 10 | votes",
        "'model': 'm' | 'model': 'm', 'votes': '3' | votes",
        "'model': 'm' | 'model': 'm', 'votes': 1.5 | votes",
        "'model': 'm' | 'model': 'm', 'seconds': 900 | seconds",
        "'model': 'm' | 'model': 'm', 'temperature': 2 | temperature",
        "'model': 'm' | 'model': 'm', 'prompt': 'mine' | prompt",
        "'model': 'm' | 'model': 'm', 'usdPerMonth': 5 | usdPerMonth",
        "'model': 'm' | 'model': 'm', 'usdPerMillionInput': -1 | usdPerMillionInput",
        "'model': 'm' | 'model': 'm', 'answer': 'prose' | answer",
        "'model': 'm' | 'model': 'm', 'region': 'eu-central-1' | region",
        "'model': 'm' | 'model': 'm', 'secret': '../x' | secret",
        "https: | http: | address",
        "api.example.org | api.example.org:8443 | address",
        "https://api.example.org/v1 | ftp://x/ | address",
        "openai-compatible | gemini | provider"
      })
  void wrongFieldIsNamed(String good, String wrong, String named) {
    String json = GOOD.replace(good, wrong).replace('\'', '"');

    assertThatThrownBy(() -> JudgeSettings.read(json))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(named);
  }

  @Test
  void privateAddressMayBeUnencrypted() {
    assertThat(
            Judges.settings(
                    "{'provider': 'openai-compatible', 'address': 'http://localhost:8080/v1',"
                        + " 'model': 'm', 'private': true, 'thirdParty': false}")
                .thirdParty())
        .isFalse();
  }
}
