package org.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
  private static final Path PAGE = Path.of("../../docs/metrics.md");

  @Test
  void pageListsEveryMetric() throws IOException {
    String table =
        Arrays.stream(Metric.values())
            .map(
                m ->
                    "| `%s` | %s | %s | %s | %s |"
                        .formatted(
                            m.title(),
                            m.scope() == Metric.Scope.STANDARD ? "metric" : "log",
                            m.unit().title(),
                            m.dimensions().isEmpty()
                                ? "none"
                                : m.dimensions().stream()
                                    .map(d -> "`" + d.title() + "`")
                                    .collect(Collectors.joining(", ")),
                            m.meaning()))
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(PAGE)).contains(table);
  }
}
