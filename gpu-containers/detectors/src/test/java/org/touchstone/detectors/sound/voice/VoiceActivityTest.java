package org.touchstone.detectors.sound.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;

/** With the real Silero VAD v6 on speech by a synthesiser. */
class VoiceActivityTest {
  private static final int SECOND = 16_000;

  @TempDir Path folder;
  private OnnxModels models;
  private VoiceActivity silero;
  private final VoiceActivity loudness = new Loudness();

  @BeforeEach
  void open() {
    ModelStore store = TestSounds.withVoiceActivity(folder.resolve("models"));
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
    silero = VoiceActivity.of(store, models);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void theInstalledModelIsTakenBeforeTheRule() {
    assertThat(silero.name()).isEqualTo("silero-vad 6");
    ModelStore empty = new ModelStore(folder.resolve("empty"));
    assertThat(VoiceActivity.of(empty, models).name()).isEqualTo("loudness 1");
  }

  @Test
  void bothHearASentence() {
    float[] spoken = TestSounds.spokenSamples(folder);
    for (VoiceActivity voice : new VoiceActivity[] {silero, loudness}) {
      Speech speech = find(voice, spoken.length, i -> spoken[i]);
      assertThat(speech.segments()).as(voice.name()).hasSizeBetween(1, 6);
      assertThat(speech.seconds()).as(voice.name()).isBetween(4.0, 6.22);
    }
  }

  /** A second of silence, some samples more or fewer, and the sentence with silence after it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 255, 256, 300, 511})
  void hearsItWhereverItsWindowsBegin(int more) {
    float[] spoken = TestSounds.spokenSamples(folder);
    int start = SECOND + more;
    Speech speech = find(silero, spoken.length + 3 * SECOND, placed(spoken, start));
    assertThat(speech.seconds()).isBetween(4.0, 6.3);
    assertThat(speech.segments().getFirst().start()).isCloseTo(start / 16e3, within(0.4));
    assertThat(speech.segments().getLast().end())
        .isCloseTo((start + spoken.length) / 16e3, within(0.7));
  }

  @Test
  void silenceNoiseAndTonesAreNotSpeech() {
    Stream.of(i -> 0.0, TestSounds.noise(), TestSounds.tone(440), TestSounds.tone(100))
        .map(IntToDoubleFunction.class::cast)
        .forEach(
            sound -> {
              assertThat(find(silero, 6 * SECOND, sound).seconds()).isLessThan(0.5);
              assertThat(find(loudness, 6 * SECOND, sound).segments()).isEmpty();
            });
  }

  @Test
  void partsOfALongSoundAreHeardAsIfTheyWereOne() {
    float[] spoken = TestSounds.spokenSamples(folder);
    // The second sentence lies over the border of two parts, after 30 s.
    IntToDoubleFunction first = placed(spoken, 2 * SECOND);
    IntToDoubleFunction second = placed(spoken, 27 * SECOND);
    Speech speech =
        find(silero, 75 * SECOND, i -> first.applyAsDouble(i) + second.applyAsDouble(i));
    double once = find(silero, spoken.length, i -> spoken[i]).seconds();
    assertThat(speech.seconds()).isCloseTo(2 * once, within(0.6));
    assertThat(speech.segments())
        .allSatisfy(
            segment ->
                assertThat(segment.start())
                    .satisfiesAnyOf(
                        at -> assertThat(at).isBetween(1.5, 8.3),
                        at -> assertThat(at).isBetween(26.5, 33.3)));
  }

  @Test
  void soundsShorterThanARowAreHeard() {
    assertThat(find(silero, 1, i -> 0.5).segments()).isEmpty();
    assertThat(find(loudness, 1, i -> 0.5).segments()).isEmpty();
    assertThat(find(silero, 513, TestSounds.tone(300)).segments()).isEmpty();
  }

  @Test
  void stopsWhenInterrupted() {
    for (VoiceActivity voice : new VoiceActivity[] {silero, loudness}) {
      try (Sound sound = TestSounds.of(folder, SECOND, i -> 0)) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> voice.find(sound))
            .isInstanceOfSatisfying(
                DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  private static IntToDoubleFunction placed(float[] spoken, int start) {
    return i -> i < start || i >= start + spoken.length ? 0 : spoken[i - start];
  }

  private Speech find(VoiceActivity voice, int samples, IntToDoubleFunction sample) {
    try (Sound sound = TestSounds.of(folder, samples, sample)) {
      return voice.find(sound);
    }
  }
}
