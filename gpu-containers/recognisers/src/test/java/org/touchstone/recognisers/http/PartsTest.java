package org.touchstone.recognisers.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.touchstone.domain.speech.Recording.Stretch;
import org.touchstone.recognisers.Tone;

class PartsTest {
  private static final Tone SPEECH =
      new Tone(
          100, new Stretch(1, 5), new Stretch(8, 12), new Stretch(40, 50), new Stretch(52, 53));

  @Test
  void silenceBeforeAndAfterIsNotSent() {
    assertThat(Parts.of(SPEECH, 600, 3600)).containsExactly(new Stretch(1, 53));
  }

  @Test
  void aPartEndsBetweenStretchesOfSpeech() {
    assertThat(Parts.of(SPEECH, 15, 3600)).containsExactly(new Stretch(1, 12), new Stretch(40, 53));
  }

  @Test
  void noMoreIsSentThanAllowed() {
    assertThat(Parts.of(SPEECH, 15, 21)).containsExactly(new Stretch(1, 12), new Stretch(40, 50));
    assertThat(Parts.of(SPEECH, 600, 20)).containsExactly(new Stretch(1, 12));
    assertThat(Parts.of(SPEECH, 600, 3)).containsExactly(new Stretch(1, 4));
    assertThat(Parts.of(new Tone(10), 600, 3)).isEmpty();
  }
}
