package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> lines = new ArrayList<>();
  private final Logger log = Logger.getLogger(BatchMetrics.class.getName());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Instant now = Instant.EPOCH;
  private final BatchMetrics metrics = new BatchMetrics(registry, () -> now);

  @BeforeEach
  void listen() {
    log.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    log.removeHandler(handler);
  }

  @Test
  void tellsPrometheusOfEveryBatch() {
    metrics.waited("ufd", Duration.ofMillis(4));
    metrics.ran("ufd", 3, Duration.ofMillis(20));
    metrics.ran("ufd", 5, Duration.ofMillis(20));

    assertThat(registry.timer("touchstone.batch.wait", "model", "ufd").count()).isEqualTo(1);
    assertThat(registry.timer("touchstone.batch.run", "model", "ufd").count()).isEqualTo(2);
    assertThat(registry.summary("touchstone.batch.rows", "model", "ufd").totalAmount())
        .isEqualTo(8);
    assertThat(lines).isEmpty();
  }

  @Test
  void logsOneLinePerModelAndMinute() {
    metrics.waited("ufd", Duration.ofMillis(4));
    metrics.ran("ufd", 3, Duration.ofMillis(20));
    now = now.plusSeconds(61);
    metrics.ran("ufd", 5, Duration.ofMillis(40));
    metrics.ran("ufd", 1, Duration.ofMillis(40));

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("model ufd: 2 batches of 4.0 rows, 30 ms each, after waiting 4 ms");
  }
}
