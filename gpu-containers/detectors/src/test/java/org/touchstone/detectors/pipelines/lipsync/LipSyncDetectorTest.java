package org.touchstone.detectors.pipelines.lipsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.Detector;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.installed.FaceDetectors;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pipelines.lipsync.TalkingFace.Look;
import org.touchstone.detectors.pipelines.lipsync.TalkingFace.Pose;
import org.touchstone.detectors.sound.Sound;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;
import org.touchstone.testing.models.PublishedYuNet;

/**
 * With a photograph whose mouth is warped by the loudness of synthesised speech, found by the real
 * YuNet. The head moves, the eyes blink, and the picture is compressed to 60 kbit/s.
 */
class LipSyncDetectorTest {
  private static final double SECONDS = 12;

  /** Two frames of 25 a second, of which every second one is looked at. */
  private static final double FRAME = 0.08;

  private static final VideoSettings SETTINGS =
      VideoSettings.h264(TalkingFace.SIDE, TalkingFace.SIDE)
          .withTone(SECONDS)
          .withBitRate(60_000)
          .withGop(25);

  @TempDir static Path folder;
  private static OnnxModels models;
  private static FaceDetector yunet;
  private static Detector detector;
  private static TalkingFace face;
  private static float[] spoken;
  private static float[] speech;
  private static Path talking;

  @BeforeAll
  static void speak() {
    Path root = folder.resolve("models");
    PublishedYuNet.install(root);
    ModelStore store = new ModelStore(root);
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
    yunet = FaceDetectors.of(store, models);
    detector = DetectorRegistry.of(store, models).find("lip-sync").orElseThrow();
    face = new TalkingFace(folder);
    spoken = TestSounds.spokenSamples(folder);
    speech = SpokenPieces.shuffled(spoken, SECONDS, 1);
    talking = video("talking.mp4", 0, speech);
  }

  @AfterAll
  static void close() {
    models.close();
  }

  /** The mouth says {@link #speech}; another sound may be heard, and later. */
  private static Path video(String name, double later, float[] heard) {
    return face.video(
        folder.resolve(name),
        SETTINGS,
        looks(TalkingFace.mouth(speech)::applyAsDouble),
        seconds -> TalkingFace.sound(heard).applyAsDouble(seconds - later));
  }

  private static DoubleFunction<Look> looks(DoubleFunction<Double> open) {
    return seconds -> new Look(open.apply(seconds), Pose.moving(seconds), seconds % 3.1 < 0.15);
  }

  @Test
  void aMouthThatMovesWithTheSpeechIsFound() {
    DetectorReport report = report(talking);
    assertThat(report.score()).isEqualTo(LipSyncDetector.TOGETHER);
    assertThat(value(report, "lag of the sound")).isCloseTo(0, within(FRAME));
    assertThat(value(report, "correlation")).isGreaterThan(0.8);
    assertThat(value(report, "strength")).isGreaterThan(2 * LipSyncDetector.STRONG);
    assertThat(report.evidence().rationale()).contains("moves with the speech");
    assertThat(report.evidence().faces().people()).hasSize(1);
    assertThat(report.evidence().timeline()).hasSize(1);
    assertThat(report.modelVersion()).startsWith("1.faces-").contains(".voice-");
    assertThat(report).isEqualTo(report(talking));
  }

  @Test
  void aLateSoundIsFoundAndIsNoEvidence() {
    DetectorReport report = report(video("late.mp4", 0.32, speech));
    assertThat(report.score()).isEqualTo(LipSyncDetector.SHIFTED);
    assertThat(value(report, "lag of the sound")).isCloseTo(0.32, within(FRAME));
    assertThat(report.evidence().rationale()).contains("s late");
  }

  @Test
  void anotherSpeechDoesNotBelongToTheMouth() {
    DetectorReport report =
        report(video("foreign.mp4", 0, SpokenPieces.shuffled(spoken, SECONDS, 2)));
    assertThat(report.score()).isEqualTo(LipSyncDetector.UNRELATED);
    assertThat(value(report, "strength")).isLessThan(LipSyncDetector.STRONG);
  }

  /** A moving head, blinking eyes and compression do not pass for a mouth that speaks. */
  @Test
  void aShutMouthIsAVoiceOver() {
    Path shut =
        face.video(
            folder.resolve("shut.mp4"), SETTINGS, looks(t -> 0.0), TalkingFace.sound(speech));
    assertReason(shut, Reason.VOICE_OVER);
  }

  @Test
  void aSoundThatStartsLaterThanThePictureIsNotLate() {
    float[] rest = new float[speech.length - 16_000];
    System.arraycopy(speech, 16_000, rest, 0, rest.length);
    Path file = folder.resolve("later.mp4");
    face.video(
        file,
        SETTINGS,
        looks(TalkingFace.mouth(speech)::applyAsDouble),
        TalkingFace.sound(rest),
        1);
    DetectorReport report = report(file);
    assertThat(report.score()).isEqualTo(LipSyncDetector.TOGETHER);
    assertThat(value(report, "lag of the sound")).isCloseTo(0, within(FRAME));
  }

  @Test
  void everyShiftIsFoundWithinAFrameAndNoShuffledSpeechMatches() throws IOException {
    List<MouthFrame> run =
        Speaker.in(
                talking,
                0,
                SECONDS,
                yunet,
                DecodeLimits.DEFAULT,
                Deadline.in(Duration.ofMinutes(1)))
            .longest(List::size);
    Movement movement = Movement.of(run);
    double start = run.getFirst().seconds();
    double seconds = run.getLast().seconds() - start;
    assertThat(movement.activity()).isGreaterThan(LipSyncDetector.ACTIVE);
    try (Sound own = TestSounds.of(folder, speech.length, i -> speech[i])) {
      for (double late = -0.4; late <= 0.41; late += 0.1) {
        Envelope heard = Envelope.of(own, start - late, seconds);
        Match match = Match.of(movement, new Envelope(heard.start() + late, heard.values()));
        assertThat(match.lag()).isCloseTo(late, within(FRAME));
        assertThat(match.strength()).isGreaterThan(LipSyncDetector.STRONG);
      }
    }
    int found = 0;
    for (int seed = 100; seed < 160; seed++) {
      float[] other = SpokenPieces.shuffled(spoken, SECONDS, seed);
      try (Sound foreign = TestSounds.of(folder, other.length, i -> other[i])) {
        Match match = Match.of(movement, Envelope.of(foreign, start, seconds));
        found += match.strength() >= LipSyncDetector.STRONG ? 1 : 0;
      }
    }
    assertThat(found).as("of 60 shuffled speeches").isLessThanOrEqualTo(1);
  }

  private static DetectorReport report(Path file) {
    try (MediaContext media =
        TestMedia.context(file, Modality.VIDEO, DecodeLimits.DEFAULT, yunet)) {
      return detector.detect(media);
    }
  }

  private static void assertReason(Path file, Reason reason) {
    assertThatThrownBy(() -> report(file))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static double value(DetectorReport report, String name) {
    return report.evidence().findings().stream()
        .filter(finding -> finding.name().equals(name))
        .map(finding -> Double.parseDouble(finding.value().split(" ")[0]))
        .findFirst()
        .orElseThrow();
  }
}
