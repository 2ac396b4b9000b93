package org.touchstone.detectors.sound.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.sound.voice.Speech.Segment;

class SpeechTest {
  @Test
  void secondsWithinAPartAreThoseOfEveryStretchInIt() {
    Random random = new Random(14);
    List<Segment> segments = new ArrayList<>();
    double at = 0;
    for (int i = 0; i < 50; i++) {
      double start = at + random.nextDouble();
      at = start + 0.1 + random.nextDouble();
      segments.add(new Segment(start, at));
    }
    Speech speech = new Speech(segments);
    for (int i = 0; i < 200; i++) {
      double from = random.nextDouble() * (at + 4) - 2;
      double to = from + random.nextDouble() * 20;
      double counted =
          segments.stream()
              .mapToDouble(s -> Math.max(0, Math.min(to, s.end()) - Math.max(from, s.start())))
              .sum();
      assertThat(speech.secondsWithin(from, to)).isCloseTo(counted, within(1e-9));
    }
    assertThat(new Speech(List.of()).secondsWithin(0, 9)).isZero();
    assertThat(speech.secondsWithin(5, 5)).isZero();
  }

  /** Six hours of short words: looking through all of them for each would take minutes. */
  @Test
  void manyPartsOfALongSoundAreCountedQuickly() {
    Speech hours =
        new Speech(
            IntStream.range(0, 60_000)
                .mapToObj(i -> new Segment(0.36 * i, 0.36 * i + 0.25))
                .toList());
    assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < 600_000; i++) {
            hours.secondsWithin(0.036 * i, 0.036 * i + 4);
          }
        });
  }
}
