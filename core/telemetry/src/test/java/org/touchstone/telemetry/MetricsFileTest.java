package org.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The file that lists the metrics for a deployment, by the names of their constants. */
class MetricsFileTest {
  private static final Path FILE = Path.of("src/main/resources/META-INF/touchstone/metrics.json");

  @Test
  void listsEveryMetricWithItsNameAndDimensions() throws IOException {
    String expected =
        Arrays.stream(Metric.values())
            .map(MetricsFileTest::entry)
            .collect(Collectors.joining(",\n", "{\n", "\n}\n"));

    assertThat(Files.readString(FILE, StandardCharsets.UTF_8)).isEqualTo(expected);
  }

  private static String entry(Metric metric) {
    String dimensions =
        metric.dimensions().stream()
            .map(dimension -> "\"" + dimension.title() + "\"")
            .collect(Collectors.joining(", "));
    return "  \"%s\": {\"name\": \"%s\", \"standard\": %b, \"dimensions\": [%s]}"
        .formatted(
            metric.name(), metric.title(), metric.scope() == Metric.Scope.STANDARD, dimensions);
  }
}
