package org.touchstone.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.worker.models.ModelSource;

class EndpointSettingsTest {
  private static Map<String, String> with(String... pairs) {
    Map<String, String> environment =
        new HashMap<>(Map.of("BUCKET", "media", "QUEUE_URL", "https://sqs.example/cpu"));
    for (int i = 0; i < pairs.length; i += 2) {
      environment.put(pairs[i], pairs[i + 1]);
    }
    return environment;
  }

  @Test
  void aBucketAndAQueueAreEnough() {
    EndpointSettings settings = EndpointSettings.of(with());

    assertThat(settings.name()).isEqualTo("endpoint");
    assertThat(settings.maxBytes()).isEqualTo(256L << 20);
    assertThat(settings.jobTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.modelsFolder())
        .isEqualTo(Path.of(System.getProperty("java.io.tmpdir"), "models"));
    assertThat(settings.modelsSource()).isEmpty();
    assertThat(settings.detectors()).isEmpty();
    assertThat(settings.metricsNamespace()).isNull();
  }

  @Test
  void readsTheServiceThatWritesDownWhatIsSaid() {
    EndpointSettings settings =
        EndpointSettings.of(
            with(
                "TOUCHSTONE_RECOGNISER",
                "{\"provider\": \"amazon-transcribe\", \"seconds\": 300}",
                "TOUCHSTONE_RECOGNISER_SECRETS_PREFIX",
                "touchstone/recogniser/"));

    assertThat(settings.recogniser().orElseThrow().seconds()).isEqualTo(300);
    assertThat(settings.recogniserSecrets()).contains("touchstone/recogniser/");
    assertThat(EndpointSettings.of(with()).recogniser()).isEmpty();
    assertThatThrownBy(() -> EndpointSettings.of(with("TOUCHSTONE_RECOGNISER", "{\"key\": 1}")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the setting TOUCHSTONE_RECOGNISER is not valid");
  }

  @Test
  void readsWhatTheContainerEndpointReads() {
    EndpointSettings settings =
        EndpointSettings.of(
            with(
                "ENDPOINT_NAME", "short",
                "TOUCHSTONE_ENDPOINT_NAME", "cpu-image",
                "TOUCHSTONE_ENDPOINT_MAX_BYTES", "64m",
                "TOUCHSTONE_ENDPOINT_JOB_TIMEOUT", "90",
                "TOUCHSTONE_ENDPOINT_DETECTORS", "commfor, metadata,",
                "MODELS_S3_PREFIX", "s3://media/models",
                "MODELS", "commfor,yunet",
                "TOUCHSTONE_ENDPOINT_MODELS_PINS_COMMFOR_384", "1.0",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "5120"));

    assertThat(settings.name()).isEqualTo("cpu-image");
    assertThat(settings.maxBytes()).isEqualTo(64L << 20);
    assertThat(settings.jobTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.detectors()).isEqualTo(Set.of("commfor", "metadata"));
    assertThat(settings.modelsSource()).contains(new ModelSource("media", "models/"));
    assertThat(settings.modelNames()).isEqualTo(Set.of("commfor", "yunet"));
    assertThat(settings.pins()).isEqualTo(Map.of("commfor-384", "1.0"));
    assertThat(settings.modelsMemory()).isEqualTo(2048L << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "TOUCHSTONE_ENDPOINT_MAX_BYTES, lots",
    "TOUCHSTONE_ENDPOINT_MAX_BYTES, 0",
    "TOUCHSTONE_ENDPOINT_MAX_BYTES, 999999999999999999",
    "TOUCHSTONE_ENDPOINT_JOB_TIMEOUT, soon",
    "TOUCHSTONE_ENDPOINT_JOB_TIMEOUT, -1M",
    "TOUCHSTONE_ENDPOINT_MODELS_THREADS, -1",
    "TOUCHSTONE_ENDPOINT_PATH_STYLE, maybe",
    "MODELS_S3_PREFIX, http://elsewhere"
  })
  void namesASettingThatIsNotValidAndNotItsValue(String variable, String value) {
    assertThatThrownBy(() -> EndpointSettings.of(with(variable, value)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TOUCHSTONE_ENDPOINT_")
        .hasMessageNotContaining(value);
  }

  @Test
  void namesASettingThatIsMissing() {
    assertThatThrownBy(() -> EndpointSettings.of(Map.of("BUCKET", "media")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the function needs the setting QUEUE_URL");
  }
}
