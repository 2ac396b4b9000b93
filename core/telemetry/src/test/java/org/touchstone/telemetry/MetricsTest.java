package org.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.Json;
import org.touchstone.domain.Verdict;

class MetricsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  private final List<String> lines = new ArrayList<>();
  private final Metrics metrics = new Metrics("Touchstone", InstantSource.fixed(NOW), lines::add);

  private JsonNode line() throws Exception {
    assertThat(lines).hasSize(1);
    assertThat(lines.getFirst()).doesNotContain("\n");
    return Json.mapper().readTree(lines.getFirst());
  }

  @Test
  void writesTheEmbeddedMetricFormat() throws Exception {
    metrics.count(Metric.MEDIA_JUDGED, "image", "insufficient-evidence");

    assertThat(line())
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"_aws": {"Timestamp": 1795514400000, "CloudWatchMetrics": [{
                        "Namespace": "Touchstone",
                        "Dimensions": [["Modality", "Level"]],
                        "Metrics": [{"Name": "MediaJudged", "Unit": "Count"}]}]},
                     "Modality": "image", "Level": "insufficient-evidence", "MediaJudged": 1.0}
                    """));
  }

  @Test
  void aMetricThatIsNotWantedInCloudWatchIsALogLineOfTheSameFields() throws Exception {
    new Metrics("Touchstone", false, InstantSource.fixed(NOW), lines::add)
        .count(Metric.MEDIA_JUDGED, "image", "high");

    assertThat(line())
        .isEqualTo(
            Json.mapper()
                .readTree("{\"Modality\": \"image\", \"Level\": \"high\", \"MediaJudged\": 1.0}"));
  }

  @Test
  void aStandardMetricIsAlwaysAMetricInCloudWatch() throws Exception {
    new Metrics("Touchstone", false, InstantSource.fixed(NOW), lines::add)
        .count(Metric.ENVIRONMENT_FAULTS);

    assertThat(line().at("/_aws/CloudWatchMetrics/0/Metrics/0/Name").asText())
        .isEqualTo("EnvironmentFaults");
  }

  @Test
  void noMoreThanTwelveMetricsAreWrittenByDefaultForEachEndpoint() {
    assertThat(Metric.values())
        .filteredOn(metric -> metric.scope() == Metric.Scope.STANDARD)
        .hasSizeLessThanOrEqualTo(12)
        .allSatisfy(metric -> assertThat(metric.dimensions()).isSubsetOf(Dimension.ENDPOINT));
  }

  @Test
  void saysWhichAnalysisItIsAboutWithoutMakingADimensionOfIt() throws Exception {
    try (AnalysisScope scope = AnalysisScope.of("0123")) {
      metrics.put(Metric.ANALYSIS_DURATION, 1234);
    }

    assertThat(line().path("analysisId").asText()).isEqualTo("0123");
    assertThat(line().at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo("[[]]");
    assertThat(line().path("AnalysisDuration").asDouble()).isEqualTo(1234);
  }

  @Test
  void writesNothingWithoutANamespace() {
    Metrics silent = new Metrics(null, InstantSource.fixed(NOW), lines::add);
    silent.count(Metric.ANALYSES_ACCEPTED);

    assertThat(silent.isWritten()).isFalse();
    assertThat(lines).isEmpty();
  }

  @Test
  void refusesAMetricWithoutItsDimensions() {
    assertThatThrownBy(() -> metrics.count(Metric.ANALYSES_ENDED))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Metrics.none().count(Metric.ANALYSES_ENDED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesCloudWatchNoEmptyAndNoEndlessValue() throws Exception {
    metrics.count(Metric.PLATFORM_FAILURES, "", "x".repeat(5000));

    assertThat(line().path("Platform").asText()).isEqualTo("unknown");
    assertThat(line().path("Reason").asText()).hasSize(100);
  }

  @Test
  void labelsAreTheNamesOfTheJsonContracts() {
    for (Verdict.Level level : Verdict.Level.values()) {
      assertThat(Metrics.label(level)).isEqualTo(Json.mapper().convertValue(level, String.class));
    }
  }
}
