package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.touchstone.telemetry.Metrics;
import org.touchstone.worker.WorkerMetrics.JobEnd;
import org.touchstone.worker.WorkerMetrics.Stage;

class WorkerMetricsTest {
  private final List<String> told = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final WorkerMetrics metrics =
      new WorkerMetrics(
          registry, new Metrics("Touchstone", InstantSource.system(), told::add), "video");

  @Test
  void tellsPrometheusAndCloudWatchTheSame() {
    metrics.ended(JobEnd.SUCCEEDED);
    metrics.queueAge(Duration.ofSeconds(3));
    metrics.stop(metrics.start(), Stage.DOWNLOAD);

    assertThat(registry.counter("touchstone.jobs", "outcome", "succeeded").count()).isEqualTo(1);
    assertThat(told).hasSize(3).allSatisfy(line -> assertThat(line).contains("\"video\""));
    assertThat(told.get(0)).contains("\"JobsEnded\":1.0", "\"Outcome\":\"succeeded\"");
    assertThat(told.get(1)).contains("\"QueueWait\":3000.0");
    assertThat(told.get(2)).contains("\"JobStageDuration\":", "\"Stage\":\"download\"");
  }
}
