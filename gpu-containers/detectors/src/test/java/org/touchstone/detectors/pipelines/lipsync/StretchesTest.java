package org.touchstone.detectors.pipelines.lipsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.touchstone.detectors.pipelines.lipsync.Stretches.Stretch;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;

class StretchesTest {
  @Test
  void takesThoseInWhichMostIsSpokenAndNoneTwice() {
    Speech speech =
        new Speech(
            List.of(
                new Segment(3, 6),
                new Segment(30, 38),
                new Segment(40, 49),
                new Segment(100, 105),
                new Segment(200, 204)));
    assertThat(Stretches.of(speech, 300))
        .containsExactly(
            new Stretch(29.5, 49.5, 17), new Stretch(99.5, 119.5, 5), new Stretch(199.5, 219.5, 4));
  }

  @Test
  void endsWithTheSoundAndBeginsWithIt() {
    assertThat(Stretches.of(new Speech(List.of(new Segment(0.2, 9))), 9.1))
        .containsExactly(new Stretch(0, 9.1, 8.8));
    assertThat(Stretches.of(new Speech(List.of()), 9)).isEmpty();
  }

  @Test
  void hoursOfSpeechGiveThree() {
    Speech hours =
        new Speech(
            IntStream.range(0, 60_000)
                .mapToObj(i -> new Segment(0.36 * i, 0.36 * i + 0.25))
                .toList());
    List<Stretch> stretches = Stretches.of(hours, 21_600);
    assertThat(stretches).hasSize(Stretches.MOST);
    assertThat(stretches).allMatch(each -> each.end() - each.start() <= Stretches.LONGEST + 1e-6);
  }
}
