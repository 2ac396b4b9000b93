package org.touchstone.detectors.sound.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.detectors.sound.voice.Speech.Segment;

class SpeechRuleTest {
  /** Ten probabilities a second. */
  private static final SpeechRule RULE = new SpeechRule(0.5, 1600);

  @TempDir Path folder;

  @Test
  void speechGoesOnUntilItIsClearlyBelowTheThreshold() {
    assertSegments(
        List.of(new Segment(0.97, 2.03)),
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        .9,
        .4,
        .4,
        .4,
        .9,
        .9,
        .4,
        .4,
        .4,
        .4,
        .1,
        .1,
        .1,
        .1);
  }

  @Test
  void shortPausesAndShortNoisesDoNotCount() {
    assertSegments(List.of(), 0, 0, .9, .9, 0, 0, 0, .9, 0, 0);
    assertSegments(List.of(new Segment(0, 0.83)), .9, .9, .9, .1, .9, .9, .9, .9, 0, 0, 0, 0);
  }

  @Test
  void speechAtTheEndEndsWithTheSound() {
    assertSegments(List.of(new Segment(0.17, 1)), 0, 0, .9, .9, .9, .9, .9, .9, .9, .9);
  }

  @Test
  void stretchesTooLongForARecogniserAreCutWhereSpeechIsLeastLikely() {
    float[] probabilities = new float[600];
    Arrays.fill(probabilities, 0.9f);
    probabilities[200] = 0.6f;
    Speech speech = find(probabilities);
    assertThat(speech.segments().getFirst().end()).isCloseTo(20, within(0.05));
    assertThat(speech.segments())
        .allSatisfy(segment -> assertThat(segment.seconds()).isLessThan(28.1));
    assertThat(speech.seconds()).isCloseTo(60, within(1e-6));
  }

  @Test
  void windowsHoldAsManyStretchesAsFit() {
    Speech speech =
        new Speech(List.of(new Segment(1, 10), new Segment(12, 30), new Segment(30.5, 40)));
    assertThat(speech.windows(30)).containsExactly(new Segment(1, 30), new Segment(30.5, 40));
    assertThat(speech.seconds()).isCloseTo(36.5, within(1e-9));
    assertThatThrownBy(() -> speech.windows(10)).isInstanceOf(IllegalArgumentException.class);
  }

  private void assertSegments(List<Segment> expected, double... probabilities) {
    float[] floats = new float[probabilities.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) probabilities[i];
    }
    List<Segment> found = find(floats).segments();
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i).start()).isCloseTo(expected.get(i).start(), within(1e-9));
      assertThat(found.get(i).end()).isCloseTo(expected.get(i).end(), within(1e-9));
    }
  }

  private Speech find(float[] probabilities) {
    try (Sound sound = TestSounds.of(folder, probabilities.length * 1600, i -> 0)) {
      return RULE.speech(probabilities, sound);
    }
  }
}
