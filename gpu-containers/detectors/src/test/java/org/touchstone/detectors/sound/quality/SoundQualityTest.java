package org.touchstone.detectors.sound.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.sound.MadeSounds;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.detectors.sound.voice.Speech;
import org.touchstone.detectors.sound.voice.Speech.Segment;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Evidence.Finding;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;
import org.touchstone.models.SoundCodec;

class SoundQualityTest {
  @TempDir Path folder;
  private OnnxModels models;
  private VoiceActivity voice;
  private float[] spoken;

  @BeforeEach
  void open() {
    ModelStore store = TestSounds.withVoiceActivity(folder.resolve("models"));
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
    voice = VoiceActivity.of(store, models);
    spoken = TestSounds.spokenSamples(folder);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void ofCleanSpeechHasNoCaveats() {
    SoundQuality quality = measured(spoken);

    quality.requireVoice();
    assertThat(quality.caveats()).isEmpty();
    assertThat(quality.speechSeconds()).isBetween(4.0, 6.2);
    assertThat(quality.bandLimit()).isEqualTo(8000);
    assertThat(quality.clipped()).isZero();
    assertThat(quality.loudness()).isBetween(-30.0, -10.0);
    assertThat(quality.findings())
        .allMatch(finding -> finding.source().equals("sound:quality"))
        .contains(
            new Finding("sound:quality", "band limit", "8,000 Hz"),
            new Finding("sound:quality", "stored as", "pcm_s16le, 16,000 Hz, 1 channel"));
    assertThat(quality.traits().codec()).isEqualTo(SoundCodec.LOSSLESS);
    assertThat(quality.traits().speechSeconds()).isEqualTo(quality.speechSeconds());
  }

  @Test
  void ofATelephoneCallIsToldByItsCodecAndItsBand() {
    try (Sound sound =
        Sound.decode(TestSounds.telephone(folder, spoken), folder, DecodeLimits.DEFAULT)) {
      SoundQuality quality = QualityMeter.measure(sound, voice.find(sound));

      quality.requireVoice();
      assertThat(quality.bandLimit()).isBetween(3000, 4000);
      assertThat(quality.traits().codec()).isEqualTo(SoundCodec.TELEPHONE);
      assertThat(quality.caveats()).containsExactly("It has the band of a telephone.");
      assertThat(quality.source().sampleRate()).isEqualTo(8000);
    }
  }

  @Test
  void clippingIsACaveat() {
    float[] loud = new float[spoken.length];
    for (int i = 0; i < loud.length; i++) {
      loud[i] = Math.clamp(8 * spoken[i], -1, 1);
    }
    SoundQuality quality = measured(loud);

    assertThat(quality.clipped()).isGreaterThan(0.01);
    assertThat(quality.caveats()).contains("It is clipped.");
  }

  @Test
  void quietSpeechIsACaveat() {
    float[] quiet = new float[spoken.length];
    for (int i = 0; i < quiet.length; i++) {
      quiet[i] = 0.03f * spoken[i];
    }
    assertThat(measured(quiet).caveats()).contains("The speech is very quiet.");
  }

  @Test
  void theLevelsAreThoseOfTheSamples() {
    float[] tone = new float[32_000];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * 1000 * i / 16_000));
    }
    // The root mean square of a sine is its amplitude by the root of two.
    assertThat(measured(tone).loudness())
        .isCloseTo(20 * Math.log10(0.5 / Math.sqrt(2)), within(0.1));
    assertThat(measured(MadeSounds.noise(3, 0)).loudness()).isCloseTo(-20, within(0.2));
  }

  @Test
  void noiseBehindSpeechIsACaveatAndThenAReasonToAbstain() {
    float[] noise = MadeSounds.noise(11, 0.9);
    SoundQuality some = measured(MadeSounds.mixed(spoken, noise, 10));
    some.requireVoice();
    assertThat(some.caveats()).contains("There is noise or music behind the speech.");

    assertReason(Reason.TOO_NOISY, MadeSounds.mixed(spoken, noise, -1));
  }

  @Test
  void speechCanBeQuieterThanTheNoiseElsewhere() {
    float[] noise = MadeSounds.noise(11, 0);
    float[] sound = new float[16 * spoken.length];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = i < spoken.length ? 0.05f * spoken[i] : 0.5f * noise[i % noise.length];
    }
    SoundQuality quality = measured(sound);
    assertThat(quality.signalToNoise()).isNegative();
    assertThatThrownBy(quality::requireVoice)
        .hasMessage("Its speech is less than 5 decibels louder than its noise.");
  }

  @Test
  void eachReasonToAbstainHasItsOwnCode() {
    assertReason(Reason.NO_SPEECH, new float[16_000]);
    assertReason(Reason.NO_SPEECH, MadeSounds.noise(1, 0));
    assertReason(Reason.TOO_SHORT, Arrays.copyOf(spoken, 20_000));
    assertReason(Reason.MUSIC, MadeSounds.organ());
    assertReason(Reason.DIAL_TONE, MadeSounds.callTones().get("dial, Europe"));
    assertReason(Reason.DIAL_TONE, MadeSounds.callTones().get("ring, UK"));
  }

  @Test
  void speechUnderLoudMusicIsMusic() {
    float[] organ = MadeSounds.organ();
    assertReason(Reason.MUSIC, MadeSounds.mixed(spoken, organ, 0));
    measured(MadeSounds.mixed(spoken, organ, 25)).requireVoice();
  }

  @Test
  void aPersonWhoSpeaksAfterARingToneIsHeard() {
    float[] ring = Arrays.copyOf(MadeSounds.callTones().get("ring, Europe"), 80_000);
    float[] call = Arrays.copyOf(ring, ring.length + spoken.length);
    System.arraycopy(spoken, 0, call, ring.length, spoken.length);

    measured(call).requireVoice();
  }

  @Test
  void aSoundOfAnyLengthIsMeasuredInABoundedNumberOfPlaces() {
    int seconds = 5 * 60;
    try (Sound sound = TestSounds.of(folder, seconds * 16_000, i -> 0.1)) {
      int[] count = {0};
      Block.over(sound, block -> count[0]++);
      assertThat(count[0]).isEqualTo(Block.MOST);
      count[0] = 0;
      Speech speech = new Speech(List.of(new Segment(1, 100), new Segment(120, seconds)));
      Block.over(sound, speech, block -> count[0]++);
      assertThat(count[0]).isEqualTo(Block.MOST);
      count[0] = 0;
      Block.over(
          sound, new Speech(List.of(new Segment(seconds - 1.6, seconds))), block -> count[0]++);
      assertThat(count[0]).isEqualTo(1);
    }
  }

  @Test
  void stopsWhenInterrupted() {
    try (Sound sound = TestSounds.of(folder, 16_000, i -> 0)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> QualityMeter.measure(sound, new Speech(List.of())))
          .isInstanceOfSatisfying(
              DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void assertReason(Reason reason, float[] samples) {
    SoundQuality quality = measured(samples);
    assertThatThrownBy(quality::requireVoice)
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private SoundQuality measured(float[] samples) {
    try (Sound sound = TestSounds.of(folder, samples.length, i -> samples[i])) {
      return QualityMeter.measure(sound, voice.find(sound));
    }
  }
}
