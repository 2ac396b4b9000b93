package org.touchstone.detectors.pipelines.windows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.testing.FormulaWave;
import org.touchstone.models.ElementType;
import org.touchstone.models.Input;
import org.touchstone.models.Windowing;
import org.touchstone.models.Windowing.Padding;
import org.touchstone.testing.formula.GoldenFile;
import org.touchstone.testing.models.TestModels;

class SoundWindowsTest {
  private static final int LENGTH = 64_600;

  @TempDir Path folder;

  static Stream<JsonNode> golden() {
    return GoldenFile.read("preprocessing2").get("audio").get("cases").valueStream();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void areThoseOfTheReferenceBitForBit(JsonNode golden) {
    byte[] samples =
        FormulaWave.samples(golden.get("name").asText(), golden.get("samples").asInt());
    assertThat(TestModels.sha256(samples)).isEqualTo(golden.get("sha256_int16_le").asText());
    try (Sound sound = sound(samples)) {
      assertThat(sound.samples()).isEqualTo(golden.get("samples").asLong());
      SoundWindows filtered = windows(sound, new Windowing(0.97, Padding.REPEAT, LENGTH));
      SoundWindows plain = windows(sound, Windowing.of(LENGTH));

      assertThat(hash(filtered.samples(0))).isEqualTo(golden.get("spectra_first_window").asText());
      assertThat(hash(plain.samples(0))).isEqualTo(golden.get("w2v2_aasist_first_window").asText());
      JsonNode all = golden.path("windows");
      assertThat(filtered.count()).isEqualTo(Math.max(1, all.size()));
      for (int i = 0; i < all.size(); i++) {
        assertThat(hash(filtered.samples(i)))
            .isEqualTo(all.get(i).get("sha256_float32_le").asText());
        double start = all.get(i).get("start").asDouble() / 16_000;
        assertThat(filtered.start(i)).isEqualTo(start);
        assertThat(filtered.end(i))
            .isEqualTo(start + all.get(i).get("samples").asDouble() / 16_000);
      }
    }
  }

  @Test
  void silenceFollowsAShortClipIfTheManifestSaysSo() {
    try (Sound sound = sound(FormulaWave.samples("short", 1000))) {
      float[] row = windows(sound, new Windowing(0, Padding.ZEROS, LENGTH)).samples(0);

      assertThat(row[999]).isNotZero();
      for (int i = 1000; i < row.length; i++) {
        assertThat(row[i]).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 100, 1", "100, 100, 1", "101, 100, 2", "250, 100, 3",
    "101, 50, 2", "150, 50, 2", "151, 50, 3", "99, 50, 1",
    "101, 300, 1", "300, 300, 1", "301, 300, 2"
  })
  void theyReachTheEndOfTheSound(int samples, int hop, int count) {
    try (Sound sound = sound(FormulaWave.samples("some", samples))) {
      Input.Waveform input =
          new Input.Waveform(
              "x", ElementType.FLOAT32, 16_000, 100, new Windowing(0, Padding.REPEAT, hop));
      SoundWindows windows = SoundWindows.everywhere(sound, input);

      assertThat(windows.count()).isEqualTo(count);
      assertThat(windows.end(count - 1)).isLessThanOrEqualTo(sound.seconds());
      assertThat(windows.start(count - 1)).isLessThan(sound.seconds());
    }
  }

  private static SoundWindows windows(Sound sound, Windowing way) {
    return SoundWindows.everywhere(
        sound, new Input.Waveform("wav", ElementType.FLOAT32, 16_000, LENGTH, way));
  }

  private Sound sound(byte[] samples) {
    return Sound.decode(
        FormulaWave.wav(folder.resolve("a.wav"), samples), folder, DecodeLimits.DEFAULT);
  }

  private static String hash(float[] row) {
    ByteBuffer bytes = ByteBuffer.allocate(row.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(row);
    return TestModels.sha256(bytes.array());
  }
}
