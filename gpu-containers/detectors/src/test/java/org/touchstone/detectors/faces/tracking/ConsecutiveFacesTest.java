package org.touchstone.detectors.faces.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.faces.FaceDetector;
import org.touchstone.detectors.inference.OnnxModels;
import org.touchstone.detectors.inference.OnnxSettings;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestFaceModel;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.Reason;
import org.touchstone.models.ModelStore;

class ConsecutiveFacesTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 192;
  private static final VideoSettings H264 = VideoSettings.h264(WIDTH, HEIGHT);

  @TempDir Path folder;
  private OnnxModels models;
  private FaceDetector faces;

  @BeforeEach
  void open() {
    Path root = folder.resolve("models");
    models = new OnnxModels(new ModelStore(root), OnnxSettings.DEFAULT);
    faces = TestFaceModel.install(root, models);
  }

  @AfterEach
  void close() {
    models.close();
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp4, libopenh264, yuv420p",
    "a.webm, libvpx-vp9, yuv420p",
    "a.mp4, libaom-av1, yuv420p10le",
    "a.mov, prores_ks, yuv422p10le",
    "a.mov, png, rgba"
  })
  void looksAtEveryFrameWhateverTheFormat(String name, String codec, String pixels) {
    VideoSettings settings = H264.withCodec(codec, pixels).withGop(10);
    Path file = TestMedia.video(folder.resolve(name), settings, 12, n -> face(6));

    ConsecutiveFaces found = find(file);

    assertThat(found.frames()).hasSize(12);
    assertThat(found.frames())
        .allSatisfy(
            frame ->
                assertThat(frame.faces())
                    .singleElement()
                    .satisfies(face -> assertThat(face.box().width()).isEqualTo(128)));
    assertThat(found.frames().get(5).seconds()).isBetween(0.19, 0.21);
  }

  @Test
  void looksAtTheOnlyFrame() {
    Path file = TestMedia.video(folder.resolve("one.mp4"), H264, 1, n -> face(6));

    assertThat(find(file).frames()).hasSize(1);
  }

  @Test
  void followsThroughFramesOfUnequalLength() {
    double[] times = {0, 0.01, 0.5, 0.52, 3};
    Path file = folder.resolve("variable.mkv");
    try (VideoWriter writer = new VideoWriter(file, H264)) {
      for (double time : times) {
        writer.frame(time, face(6));
      }
    }

    assertThat(find(file).frames())
        .extracting(frame -> Math.round(frame.seconds() * 100) / 100.0)
        .containsExactly(0.0, 0.01, 0.5, 0.52, 3.0);
  }

  @Test
  void looksAtAsManyFramesOfAFastVideo() {
    Path file = folder.resolve("fast.mkv");
    try (VideoWriter writer = new VideoWriter(file, H264)) {
      for (int i = 0; i < 60; i++) {
        writer.frame(i / 120.0, face(6));
      }
    }

    ConsecutiveFaces found = ConsecutiveFaces.find(file, faces, limits(48));

    assertThat(found.frames()).hasSize(48);
    assertThat(found.frames().getLast().seconds()).isBetween(0.38, 0.40);
  }

  @ParameterizedTest
  @ValueSource(ints = {90, 180, 270})
  void turnsFramesUpright(int degrees) {
    Path file =
        TestMedia.video(folder.resolve("turned.mp4"), H264.withRotation(degrees), 5, n -> face(6));

    SeenFrame frame = find(file).frames().getFirst();

    assertThat(frame.width()).isEqualTo(degrees == 180 ? WIDTH : HEIGHT);
    assertThat(frame.faces()).hasSize(1);
  }

  @Test
  void endsTracksWhereTheResolutionChanges() throws IOException {
    Path small = TestMedia.video(folder.resolve("small.ts"), H264.withGop(5), 20, n -> face(6));
    VideoSettings larger = VideoSettings.h264(640, 384).withGop(5);
    RgbImage other = TestFaceModel.picture(640, 384, new int[][] {{30, 12}}, 255, 40);
    Path large = TestMedia.video(folder.resolve("large.ts"), larger, 20, n -> other);
    Files.write(small, Files.readAllBytes(large), StandardOpenOption.APPEND);

    ConsecutiveFaces found = find(small);

    assertThat(found.frames()).extracting(SeenFrame::width).contains(WIDTH, 640);
    assertThat(new FaceTracker(found.frames()).tracks(true))
        .hasSizeGreaterThan(1)
        .allSatisfy(
            track ->
                assertThat(found.frames().subList(track.start(), track.end()))
                    .extracting(SeenFrame::width)
                    .containsOnly(found.frames().get(track.start()).width()));
  }

  @Test
  void countsWhatCanBeDecodedOfADamagedVideo() throws IOException {
    VideoSettings early = H264.withGop(10).withOptions(Map.of("movflags", "+faststart"));
    Path file = TestMedia.video(folder.resolve("cut.mp4"), early, 60, n -> face(6));
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() * 3 / 4);
    }

    assertThat(find(file).frames()).hasSizeBetween(1, 59);
  }

  @Test
  void saysWhyThereIsNothingToLookAt() throws IOException {
    Path audio = folder.resolve("audio.m4a");
    new VideoWriter(audio, VideoSettings.audioOnly(1)).close();
    assertReason(audio, limits(9), Reason.NOT_APPLICABLE);

    Path text = Files.writeString(folder.resolve("text.mp4"), "no video\n".repeat(100));
    assertReason(text, limits(9), Reason.UNSUPPORTED);

    Path empty = Files.createFile(folder.resolve("empty.mp4"));
    assertReason(empty, limits(9), Reason.CORRUPT);

    Path slow = TestMedia.video(folder.resolve("slow.mp4"), H264, 5, n -> face(6));
    assertReason(
        slow, limits(new DecodeLimits.Consecutive(9, 1 << 20, Duration.ZERO)), Reason.TIMEOUT);
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() {
    Path file = TestMedia.video(folder.resolve("stopped.mp4"), H264, 20, n -> face(6));

    Thread.currentThread().interrupt();
    try {
      assertReason(file, limits(20), Reason.TIMEOUT);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private ConsecutiveFaces find(Path file) {
    return ConsecutiveFaces.find(file, faces, DecodeLimits.DEFAULT);
  }

  private void assertReason(Path file, DecodeLimits limits, Reason reason) {
    assertThatThrownBy(() -> ConsecutiveFaces.find(file, faces, limits))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageNotContaining(folder.toString());
  }

  /** The test model's face around a red cell. */
  private static RgbImage face(int column) {
    return TestFaceModel.picture(WIDTH, HEIGHT, new int[][] {{column, 6}}, 255, 40);
  }

  private static DecodeLimits limits(int frames) {
    return limits(new DecodeLimits.Consecutive(frames, 1 << 28, Duration.ofMinutes(1)));
  }

  private static DecodeLimits limits(DecodeLimits.Consecutive consecutive) {
    DecodeLimits limits = DecodeLimits.DEFAULT;
    return new DecodeLimits(
        limits.frames(),
        limits.maxSourcePixels(),
        limits.maxImagePixels(),
        limits.maxFramePixels(),
        limits.maxTime(),
        consecutive);
  }
}
