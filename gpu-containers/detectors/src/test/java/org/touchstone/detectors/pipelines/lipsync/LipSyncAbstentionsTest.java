package org.touchstone.detectors.pipelines.lipsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.faces.Face;
import org.touchstone.detectors.faces.FaceBox;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.sound.TestSounds;
import org.touchstone.detectors.sound.voice.VoiceActivity;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;

/** When it cannot tell, it says why. */
class LipSyncAbstentionsTest {
  private static final int SIDE = 160;
  private static final double SECONDS = 6.2;

  @TempDir Path folder;
  private OnnxModels models;
  private LipSyncDetector detector;
  private float[] spoken;

  @BeforeEach
  void open() {
    ModelStore store = new ModelStore(folder.resolve("models"));
    models = new OnnxModels(store, OnnxSettings.DEFAULT);
    detector = new LipSyncDetector(new LipSyncKind(), "f", VoiceActivity.of(store, models));
    spoken = TestSounds.spokenSamples(folder);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @Test
  void saysWhatIsWrongWithTheFaces() {
    Path file = video(25, TalkingFace.sound(spoken), 128);
    Face speaker = face(40, 40, 90, 0);
    assertReason(file, n -> List.of(), Reason.NO_FACE, "No face was found by stub");
    assertReason(file, n -> List.of(face(40, 40, 50, 0)), Reason.FACE_TOO_SMALL, "64 pixels");
    assertReason(file, n -> List.of(face(40, 40, 90, 18)), Reason.FACE_TURNED, "to the side");
    assertReason(
        file, n -> List.of(speaker, face(0, 0, 70, 0)), Reason.SEVERAL_FACES, "cannot be told");
    assertReason(
        file, n -> List.of(face(n / 20 % 2 * 65, 40, 90, 0)), Reason.TOO_SHORT, "without a cut");
    assertReason(file, n -> List.of(speaker), Reason.VOICE_OVER, "hardly moves");
  }

  @Test
  void saysThatItIsTooDark() {
    Path file = video(25, TalkingFace.sound(spoken), 4);
    assertReason(file, n -> List.of(face(40, 40, 90, 0)), Reason.TOO_DARK, "too dark");
  }

  @Test
  void aDistantBystanderIsNotASpeaker() {
    Path file = video(25, TalkingFace.sound(spoken), 128);
    assertReason(
        file,
        n -> List.of(face(40, 40, 90, 0), face(0, 0, 30, 0)),
        Reason.VOICE_OVER,
        "hardly moves");
  }

  @Test
  void saysThatTheFramesAreTooFew() {
    for (int rate : new int[] {8, 2, 1}) {
      Path file = video(rate, TalkingFace.sound(spoken), 128);
      assertReason(
          file, n -> List.of(face(40, 40, 90, 0)), Reason.NOT_APPLICABLE, "12 frames a second");
    }
  }

  @Test
  void saysWhatIsWrongWithTheSound() {
    IntFunction<List<Face>> speaker = n -> List.of(face(40, 40, 90, 0));
    assertReason(video(25, seconds -> 0, 128), speaker, Reason.NO_SPEECH, "Nobody");
    assertReason(
        video(25, s -> s < 2 ? TalkingFace.sound(spoken).applyAsDouble(s) : 0, 128),
        speaker,
        Reason.TOO_SHORT,
        "less than 4 seconds");
    Path silent =
        TestMedia.video(
            folder.resolve("silent.mp4"),
            VideoSettings.h264(SIDE, SIDE),
            10,
            n -> TestMedia.plain(SIDE, SIDE, 9, 9, 9));
    assertReason(silent, speaker, Reason.NO_AUDIO, "no sound");
  }

  @Test
  void needsLandmarks() {
    Path file = video(25, TalkingFace.sound(spoken), 128);
    try (MediaContext media =
        TestMedia.context(file, Modality.VIDEO, DecodeLimits.DEFAULT, TestMedia.NO_FACES)) {
      assertReason(media, Reason.NOT_INSTALLED, "yunet");
    }
  }

  /** A grey video of 6.2 s. */
  private Path video(int rate, DoubleUnaryOperator sound, int grey) {
    Path file = folder.resolve("grey" + rate + grey + sound.hashCode() + ".mp4");
    VideoSettings settings = VideoSettings.h264(SIDE, SIDE).withTone(SECONDS);
    RgbImage picture = TestMedia.plain(SIDE, SIDE, grey, grey, grey);
    try (VideoWriter writer = new VideoWriter(file, settings, sound)) {
      for (int i = 0; i < SECONDS * rate; i++) {
        writer.frame((double) i / rate, picture);
      }
    }
    return file;
  }

  private static Face face(int x, int y, int side, double noseAside) {
    double unit = side / 90.0;
    List<Point> landmarks = new ArrayList<>();
    for (double[] place :
        new double[][] {{28, 35}, {62, 35}, {45 + noseAside, 55}, {32, 72}, {58, 72}}) {
      landmarks.add(new Point(x + place[0] * unit, y + place[1] * unit));
    }
    Rectangle box = new Rectangle(x, y, side, side);
    return new Face(box, 0.9, FaceBox.of(box), landmarks);
  }

  private void assertReason(
      Path file, IntFunction<List<Face>> faces, Reason reason, String detail) {
    try (MediaContext media =
        TestMedia.context(file, Modality.VIDEO, DecodeLimits.DEFAULT, stub(faces))) {
      assertReason(media, reason, detail);
    }
  }

  private void assertReason(MediaContext media, Reason reason, String detail) {
    assertThatThrownBy(() -> detector.detect(media))
        .hasMessageContaining(detail)
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static FaceDetector stub(IntFunction<List<Face>> faces) {
    return new FaceDetector() {
      private int number;

      @Override
      public String name() {
        return "stub";
      }

      @Override
      public boolean findsLandmarks() {
        return true;
      }

      @Override
      public List<Face> detect(RgbImage image) {
        return faces.apply(number++);
      }
    };
  }
}
