package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Reason;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Samples.Sample;

class FfmpegResultTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"-12, MEMORY", "-24, DISK", "-28, DISK"})
  void faultsOfTheMachineAreNotTheFiles(int result, EnvironmentFault.Kind kind) {
    assertThatThrownBy(() -> FfmpegResult.check(result, Reason.CORRUPT, "It is damaged."))
        .isInstanceOfSatisfying(
            DetectionException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.ENVIRONMENT);
              assertThat(EnvironmentFault.behind(e).orElseThrow().kind()).isEqualTo(kind);
              assertThat(e).hasMessage(kind.sentence());
            });
  }

  @Test
  void otherFailuresAreWhatTheCallerSays() {
    for (int result : new int[] {AVERROR_INVALIDDATA(), AVERROR_EOF(), -22, -1}) {
      assertThatThrownBy(() -> FfmpegResult.check(result, Reason.UNSUPPORTED, "Its codec."))
          .hasMessage("Its codec.")
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
    }
    assertThatCode(() -> FfmpegResult.check(0, Reason.CORRUPT, "")).doesNotThrowAnyException();
  }

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aFileThatEndsTooEarlyIsNotTheMachinesFault(Sample sample) throws IOException {
    byte[] whole = sample.bytes();
    Path file = folder.resolve("cut");
    for (int i = 1; i <= 60; i++) {
      // Mostly headers; then anywhere.
      int length = i <= 40 ? 8 * i : whole.length / 20 * (i - 40);
      Files.write(file, Arrays.copyOf(whole, Math.min(length, whole.length)));
      try (MediaFile media = MediaFile.open(file, Deadline.in(Duration.ofMinutes(1)))) {
        media.tracks(1 << 20);
      } catch (DetectionException e) {
        assertThat(e.reason()).as("%d bytes", length).isNotEqualTo(Reason.ENVIRONMENT);
      }
    }
  }
}
