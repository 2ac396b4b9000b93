package org.touchstone.detectors.pipelines.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;
import org.touchstone.domain.Evidence.TimelineSegment;
import org.touchstone.models.ElementType;
import org.touchstone.models.Input;
import org.touchstone.models.Windowing;

/** Where the windows of speech lie, and which of them are a part of the sound. */
class SpeechWindowsTest {
  /** Windows of four seconds. */
  private static final int LENGTH = 64_000;

  @TempDir Path folder;

  @Test
  void aShortSoundHasOneWindowFromItsFirstSample() {
    assertStarts(3, LENGTH, new double[] {0.5, 2.9}, 0);
    assertStarts(4, LENGTH, new double[] {1.5, 3.9}, 0);
  }

  @Test
  void theyFollowSpeechOneAfterTheOther() {
    assertStarts(30, LENGTH, new double[] {1, 11}, 1, 5, 9);
  }

  @Test
  void pausesHaveNone() {
    assertStarts(60, LENGTH, new double[] {1, 3, 3.2, 5, 40, 44}, 1, 40);
  }

  @Test
  void speechAfterAPauseBeginsAWindowOfItsOwn() {
    assertStarts(30, LENGTH, new double[] {1, 3, 4, 6}, 1, 4);
    // Too short a pause, and then too little speech.
    assertStarts(30, LENGTH, new double[] {1, 3, 3.9, 4.9}, 1);
    assertStarts(30, LENGTH, new double[] {1, 3, 4, 4.9}, 1);
  }

  @Test
  void theLastOneEndsWithTheSound() {
    assertStarts(10, LENGTH, new double[] {1, 10}, 1, 5, 6);
  }

  @Test
  void windowsWithLittleSpeechAreLeftOutUnlessAllAre() {
    assertStarts(30, LENGTH, new double[] {1, 5.5}, 1);
    assertStarts(30, LENGTH, new double[] {1, 1.8, 10, 10.8}, 1, 10);
  }

  @Test
  void theManifestsHopHoldsButNeverBelowASecond() {
    assertStarts(30, 32_000, new double[] {1, 9}, 1, 3, 5, 7);
    assertStarts(30, 1, new double[] {1, 5}, 1, 2, 3, 4);
  }

  @Test
  void threeHighOnesInARowAreAPart() {
    PartOfSound part = part(.1, .95, .1, .9, .92, .99, .2).orElseThrow();
    assertThat(part.scores()).containsExactly(.9, .92, .99);
    assertThat(part.doubt()).isEqualTo("Only a part of the sound is high, from 12.0 to 24.0 s.");
    assertThat(part.finding().source()).isEqualTo("sound:part");
    assertThat(part(.9, .9, .1, .9, .9)).isEmpty();
    assertThat(part(.9, .9, .9)).isEmpty();
    assertThat(part(.9, .9, .89, .9)).isEmpty();
    assertThat(part(.1, .9, .9, .9, .1, .9, .9, .9, .9).orElseThrow().windows()).hasSize(4);
  }

  private static Optional<PartOfSound> part(double... scores) {
    return PartOfSound.of(
        IntStream.range(0, scores.length)
            .mapToObj(i -> new TimelineSegment(4 * i, 4 * i + 4, scores[i]))
            .toList(),
        0.9);
  }

  /**
   * @param speech start and end of each stretch, seconds
   * @param starts expected starts of the windows, seconds
   */
  private void assertStarts(int seconds, int hop, double[] speech, double... starts) {
    Segment[] segments = new Segment[speech.length / 2];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = new Segment(speech[2 * i], speech[2 * i + 1]);
    }
    Input.Waveform input =
        new Input.Waveform(
            "wav",
            ElementType.FLOAT32,
            16_000,
            LENGTH,
            new Windowing(0, Windowing.Padding.REPEAT, hop));
    try (Sound sound = TestSounds.of(folder, seconds * 16_000, i -> 0)) {
      SoundWindows windows = SoundWindows.ofSpeech(sound, input, new Speech(List.of(segments)));
      double[] found = new double[(int) windows.count()];
      Arrays.setAll(found, windows::start);
      assertThat(found).containsExactly(starts, within(1e-4));
    }
  }
}
