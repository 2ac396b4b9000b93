package org.touchstone.detectors.sound.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.GoldenFile;

class LogMelTest {
  private static final double TOLERANCE = 1e-4;

  @Test
  void isTheReferencesSpectrum() {
    JsonNode golden = GoldenFile.read("whisper-tiny").get("log_mel");
    LogMel spectra = new LogMel(80, 3000);
    assertThat(spectra.samples()).isEqualTo(480_000);
    float[] mel = spectra.of(Formula.tones());
    JsonNode samples = golden.get("samples");
    JsonNode exact = golden.get("samples_float64");
    assertThat(samples).hasSize(64);
    for (int i = 0; i < samples.size(); i++) {
      JsonNode sample = samples.get(i);
      double value = mel[sample.get(0).asInt() * 3000 + sample.get(1).asInt()];
      assertThat(value).isCloseTo(sample.get(2).asDouble(), within(TOLERANCE));
      assertThat(value).isCloseTo(exact.get(i).asDouble(), within(1e-6));
    }
    JsonNode summary = golden.get("summary");
    for (int i = 0; i < 16; i++) {
      assertThat((double) mel[i])
          .isCloseTo(summary.get("first16").get(i).asDouble(), within(TOLERANCE));
      int spread = (int) ((long) i * (mel.length - 1) / 15);
      assertThat((double) mel[spread])
          .isCloseTo(summary.get("spread16").get(i).asDouble(), within(TOLERANCE));
    }
    double sum = 0;
    for (float value : mel) {
      sum += value;
    }
    assertThat(sum / mel.length).isCloseTo(summary.get("mean").asDouble(), within(1e-5));
  }

  @Test
  void hasAsManyBandsAsTheLargestModelsNeed() {
    float[] mel = new LogMel(128, 100).of(new float[16_000]);
    assertThat(mel).hasSize(12_800).containsOnly(-1.5f);
  }
}
