package org.touchstone.recognisers.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.domain.settings.InvalidSettingsException;

class RecogniserSettingsTest {
  private static final String HTTP =
      "\"provider\":\"openai-compatible\",\"address\":\"https://api.example.org/v1\","
          + "\"model\":\"whisper-1\"";

  @Test
  void whatIsAbsentHasCautiousDefaults() throws InvalidSettingsException {
    RecogniserSettings settings = RecogniserSettings.read("{" + HTTP + "}");
    assertThat(settings.thirdParty()).isTrue();
    assertThat(settings.isPrivate()).isFalse();
    assertThat(settings.maxSeconds()).isEqualTo(3600);
    assertThat(settings.time()).isEqualTo(Duration.ofMinutes(10));
    assertThat(RecogniserSettings.read("{\"provider\":\"amazon-transcribe\"}").thirdParty())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | provider: is missing",
        "{\"provider\":\"azure\"} | provider: is not of its type",
        "{\"provider\":\"openai-compatible\",\"model\":\"m\"} | address: is missing",
        "{\"provider\":\"openai-compatible\",\"address\":\"https://a.example\"} | model: is missing",
        "{\"provider\":\"openai-compatible\",\"address\":\"http://a.example\",\"model\":\"m\"} | address: must be https",
        "{\"provider\":\"openai-compatible\",\"address\":\"https://a.example/?k=1\",\"model\":\"m\"} | address: must not have a query",
        "{\"provider\":\"amazon-transcribe\",\"model\":\"m\"} | model: is only for",
        "{\"provider\":\"amazon-transcribe\",\"region\":\"Europe\"} | region: is not a region",
        "{\"provider\":\"amazon-transcribe\",\"maxSeconds\":14401} | maxSeconds: is not from 1",
        "{\"provider\":\"amazon-transcribe\",\"seconds\":\"5\"} | seconds: is not of its type",
        "{\"provider\":\"amazon-transcribe\",\"key\":\"hunter2\"} | key: is not a field",
        "[] | the recogniser is not a set of fields",
        "{ | the recogniser is not JSON"
      })
  void whatIsWrongIsNamed(String json, String message) {
    assertThatThrownBy(() -> RecogniserSettings.read(json))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void anotherServerModelOrLengthIsAnotherVersion() throws InvalidSettingsException {
    String version = RecogniserSettings.read("{" + HTTP + "}").version();
    assertThat(version).matches("http-[0-9a-f]{12}");
    assertThat(RecogniserSettings.read("{" + HTTP + ",\"retries\":1}").version())
        .isEqualTo(version);
    assertThat(RecogniserSettings.read("{" + HTTP + ",\"maxSeconds\":60}").version())
        .isNotEqualTo(version);
    assertThat(RecogniserSettings.read("{" + HTTP.replace("whisper-1", "x") + "}").version())
        .isNotEqualTo(version);
  }
}
