package org.touchstone.detectors.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaveformTest {
  @TempDir Path folder;

  @Test
  void showsWhereTheSoundIsLoud() {
    try (Sound sound =
        TestSounds.of(folder, 32_000, i -> i < 16_000 ? 0.25 : i % 2 == 0 ? 1 : -1)) {
      Waveform waveform = sound.waveform();
      assertThat(waveform.secondsPerPeak()).isEqualTo(0.02);
      assertThat(waveform.peaks()).hasSize(100);
      assertThat(waveform.peaks().subList(0, 50)).containsOnly(32);
      assertThat(waveform.peaks().subList(50, 100)).containsOnly(127);
    }
  }

  @Test
  void hasNeverMoreThanTwoThousandPeaksAndKeepsEachOfThem() {
    PeakMeter meter = new PeakMeter();
    short[] second = new short[16_000];
    for (int i = 0; i < 6 * 3600; i++) {
      second[77] = (short) (i == 5000 ? Short.MIN_VALUE : 0);
      meter.add(second, second.length);
    }
    Waveform waveform = meter.waveform();
    assertThat(waveform.peaks()).hasSizeBetween(Waveform.MOST / 2, Waveform.MOST);
    assertThat(waveform.secondsPerPeak() * waveform.peaks().size())
        .isCloseTo(6 * 3600, within(waveform.secondsPerPeak()));
    assertThat(waveform.peaks().get((int) (5000 / waveform.secondsPerPeak()))).isEqualTo(127);
    assertThat(waveform.peaks().stream().filter(peak -> peak > 0)).hasSize(1);
  }

  @Test
  void aPartThatIsNotFullCounts() {
    PeakMeter meter = new PeakMeter();
    meter.add(new short[] {0, -256, 512}, 2);
    assertThat(meter.waveform().peaks()).containsExactly(1);
    assertThat(new PeakMeter().waveform().peaks()).isEmpty();
  }
}
