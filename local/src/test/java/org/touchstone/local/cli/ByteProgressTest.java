package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ByteProgressTest {
  @Test
  void tellsRateAndTimeLeftOfThisRun() {
    assertThat(
            ByteProgress.line(
                "a.onnx", 120_000_000, 364_000_000, 40_000_000, Duration.ofSeconds(10)))
        .isEqualTo("a.onnx: 120 of 364 MB, 4.0 MB/s, 61 s left");
    assertThat(ByteProgress.line("a.onnx", 5_000_000, -1, 5_000_000, Duration.ofSeconds(5)))
        .isEqualTo("a.onnx: 5 MB, 1.0 MB/s");
    assertThat(ByteProgress.line("a.onnx", 7, 9, 0, Duration.ZERO))
        .isEqualTo("a.onnx: 0 of 0 MB, 0.0 MB/s");
  }
}
