package org.touchstone.detectors.pipelines.lipsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pipelines.lipsync.TalkingFace.Look;
import org.touchstone.detectors.pipelines.lipsync.TalkingFace.Pose;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.Speakers;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.PublishedYuNet;

/**
 * The counts that docs/audio.md gives for {@code lip-sync}: a photograph says what each language's
 * first speaker says, and is compared with that and with all other speakers. Needs eSpeak NG.
 */
@Tag("full")
class MeasuredLipSyncTest {
  private static final double SECONDS = 20;

  /** Lags are looked for in steps of 0.02 s. */
  private static final double STEP = 0.021;

  @TempDir static Path folder;
  private static OnnxModels models;
  private static FaceDetector yunet;
  private static TalkingFace face;
  private static final List<Sound> SOUNDS = new ArrayList<>();
  private static final List<Clip> CLIPS = new ArrayList<>();

  /** What is seen of a video, and which of {@link #SOUNDS} its mouth says. */
  private record Clip(int speaker, List<MouthFrame> frames) {
    double start() {
      return frames.getFirst().seconds();
    }

    Clip first(double seconds) {
      return new Clip(
          speaker, frames.stream().filter(each -> each.seconds() <= start() + seconds).toList());
    }

    Movement movement() {
      return Movement.of(frames);
    }

    /** Compares it with a part of a sound, as if that began when the frames do. */
    Match with(Movement movement, Sound sound, double from) {
      double seconds = frames.getLast().seconds() - start();
      Envelope heard = Envelope.of(sound, from, seconds);
      return Match.of(movement, new Envelope(heard.start() + start() - from, heard.values()));
    }
  }

  @BeforeAll
  static void speak() {
    Map<String, float[]> speakers = Speakers.all(folder).orElseGet(() -> abort("no espeak-ng"));
    Path root = folder.resolve("models");
    PublishedYuNet.install(root);
    ModelStore store = new ModelStore(root);
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
    yunet = FaceDetectors.of(store, models);
    face = new TalkingFace(folder);
    for (Map.Entry<String, float[]> speaker : speakers.entrySet()) {
      int number = SOUNDS.size();
      float[] speech = SpokenPieces.shuffled(speaker.getValue(), 2 * SECONDS, number);
      SOUNDS.add(TestSounds.of(folder, speech.length, i -> speech[i]));
      if (!speaker.getKey().contains("+")) {
        CLIPS.add(clip(number, CLIPS.size(), TalkingFace.mouth(speech)));
      }
    }
  }

  @AfterAll
  static void close() {
    SOUNDS.forEach(Sound::close);
    if (models != null) {
      models.close();
    }
  }

  /** Every second clip has a moving head and blinking eyes; two of four have 60 kbit/s. */
  private static Clip clip(int speaker, int kind, DoubleUnaryOperator open) {
    boolean moves = kind % 2 == 1;
    VideoSettings settings =
        VideoSettings.h264(TalkingFace.SIDE, TalkingFace.SIDE).withTone(SECONDS).withGop(25);
    Path video =
        face.video(
            folder.resolve("clip.mp4"),
            kind % 4 < 2 ? settings : settings.withBitRate(60_000),
            seconds ->
                new Look(
                    open.applyAsDouble(seconds),
                    moves ? Pose.moving(seconds) : Pose.STILL,
                    moves && seconds % 3.1 < 0.15),
            seconds -> 0);
    Deadline deadline = Deadline.in(Duration.ofMinutes(10));
    return new Clip(
        speaker,
        Speaker.in(video, 0, SECONDS, yunet, DecodeLimits.DEFAULT, deadline).longest(List::size));
  }

  @ParameterizedTest
  @CsvSource({"6, 11, 2", "10, 15.6, 0", "20, 21.7, 0"})
  void ownSpeechIsFoundAndHardlyAnyOther(double seconds, double least, int most) {
    double weakest = 1000;
    double lagOff = 0;
    int others = 0;
    int found = 0;
    for (Clip whole : CLIPS) {
      Clip clip = whole.first(seconds);
      Movement movement = clip.movement();
      for (int i = 0; i < SOUNDS.size(); i++) {
        if (i == clip.speaker()) {
          Match own = clip.with(movement, SOUNDS.get(i), clip.start());
          weakest = Math.min(weakest, own.strength());
          lagOff = Math.max(lagOff, Math.abs(own.lag()));
          continue;
        }
        for (double from : new double[] {0, SECONDS}) {
          Match other = clip.with(movement, SOUNDS.get(i), from);
          others++;
          found += other.strength() >= LipSyncDetector.STRONG ? 1 : 0;
        }
      }
    }
    assertThat(CLIPS).hasSize(12);
    assertThat(weakest).isGreaterThanOrEqualTo(least);
    assertThat(lagOff).isLessThanOrEqualTo(STEP);
    assertThat(others).isEqualTo(1128);
    assertThat(found).isLessThanOrEqualTo(most);
  }

  @Test
  void lateSpeechIsFoundAtItsLag() {
    for (Clip clip : CLIPS) {
      Envelope heard = Envelope.of(SOUNDS.get(clip.speaker()), clip.start() - 0.3, SECONDS - 1);
      Match match = Match.of(clip.movement(), new Envelope(heard.start() + 0.3, heard.values()));
      assertThat(match.lag()).isCloseTo(0.3, within(STEP));
    }
  }

  @Test
  void mouthsThatSpeakChangeMoreThanMouthsThatAreShut() {
    List<Double> speaking = CLIPS.stream().map(clip -> clip.movement().activity()).toList();
    List<Double> shut = new ArrayList<>();
    for (int kind = 0; kind < 4; kind++) {
      shut.add(clip(0, kind, seconds -> 0).movement().activity());
    }
    assertThat(speaking).allMatch(activity -> activity >= 5.3);
    assertThat(shut).allMatch(activity -> activity <= 1.9);
  }
}
