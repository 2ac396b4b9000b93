package org.touchstone.detectors.sound.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.sound.MadeSounds;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.Speakers;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;

/** The counts that {@link SoundQuality} gives for its limits. Needs eSpeak NG. */
@Tag("full")
class MeasuredRulesTest {
  @TempDir Path folder;
  private OnnxModels models;
  private VoiceActivity voice;
  private List<float[]> speakers;

  @BeforeEach
  void open() {
    ModelStore store = TestSounds.withVoiceActivity(folder.resolve("models"));
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
    voice = VoiceActivity.of(store, models);
    Optional<Map<String, float[]>> spoken = Speakers.all(folder);
    speakers = List.copyOf(spoken.map(Map::values).orElseGet(() -> abort("no espeak-ng")));
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void musicAndCallTones() {
    List<SoundQuality> spoken = measured(speakers);
    List<SoundQuality> music = measured(MadeSounds.music().values());
    List<SoundQuality> tones = measured(MadeSounds.callTones().values());
    List<SoundQuality> noises = measured(MadeSounds.noises().values());

    assertThat(spoken).hasSize(48).allMatch(quality -> reason(quality).isEmpty());
    assertThat(spoken).noneMatch(quality -> quality.signalToNoise() < SoundQuality.SOME_NOISE);
    assertThat(count(music, Reason.MUSIC)).isGreaterThanOrEqualTo(11);
    assertThat(music).hasSize(24).allMatch(quality -> reason(quality).isPresent());
    assertThat(tones).hasSize(14).allMatch(is(Reason.DIAL_TONE));
    assertThat(Stream.of(spoken, music, noises).flatMap(List::stream))
        .hasSize(77)
        .noneMatch(quality -> quality.callTone() >= SoundQuality.CALL_TONE);
    assertThat(noises).allMatch(is(Reason.NO_SPEECH));
  }

  @Test
  void speechWithMusic() {
    assertThat(count(withMusic(10), Reason.MUSIC)).isLessThanOrEqualTo(4);
    assertThat(count(withMusic(0), Reason.MUSIC)).isLessThanOrEqualTo(8);
  }

  private List<SoundQuality> withMusic(double decibels) {
    List<float[]> music = List.copyOf(MadeSounds.music().values());
    List<float[]> mixed = new ArrayList<>();
    for (int i = 0; i < speakers.size(); i += 2) {
      mixed.add(MadeSounds.mixed(speakers.get(i), music.get(i / 2 % music.size()), decibels));
    }
    return measured(mixed);
  }

  @Test
  void speechInNoise() {
    assertThat(count(inNoise(0), Reason.TOO_NOISY)).isGreaterThanOrEqualTo(34);
    assertThat(count(inNoise(5), Reason.TOO_NOISY)).isZero();
    assertThat(inNoise(10))
        .hasSize(36)
        .allMatch(quality -> quality.signalToNoise() < SoundQuality.SOME_NOISE);
  }

  private List<SoundQuality> inNoise(double decibels) {
    List<float[]> mixed = new ArrayList<>();
    for (int i = 0; i < speakers.size(); i += 4) {
      for (float[] noise : List.of(MadeSounds.noise(9, 0), MadeSounds.noise(9, 0.9), babble())) {
        mixed.add(MadeSounds.mixed(speakers.get(i), noise, decibels));
      }
    }
    return measured(mixed);
  }

  /** Ten people at once. */
  private float[] babble() {
    float[] babble = new float[MadeSounds.SECONDS * 16_000];
    for (int k = 0; k < speakers.size(); k += 5) {
      float[] one = speakers.get(k);
      for (int i = 0; i < babble.length; i++) {
        babble[i] += 0.15f * one[(i + 7919 * (k + 1)) % one.length];
      }
    }
    return babble;
  }

  private List<SoundQuality> measured(Collection<float[]> sounds) {
    return sounds.stream().map(this::measured).toList();
  }

  private SoundQuality measured(float[] samples) {
    try (Sound sound = TestSounds.of(folder, samples.length, i -> samples[i])) {
      return QualityMeter.measure(sound, voice.find(sound));
    }
  }

  private static long count(List<SoundQuality> sounds, Reason reason) {
    return sounds.stream().filter(is(reason)).count();
  }

  private static Predicate<SoundQuality> is(Reason reason) {
    return quality -> reason(quality).filter(reason::equals).isPresent();
  }

  private static Optional<Reason> reason(SoundQuality quality) {
    try {
      quality.requireVoice();
      return Optional.empty();
    } catch (DetectionException e) {
      return Optional.of(e.reason());
    }
  }
}
