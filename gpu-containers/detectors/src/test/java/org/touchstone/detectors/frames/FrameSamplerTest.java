package org.touchstone.detectors.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.DecodeLimits;
import org.touchstone.detectors.DetectionException;
import org.touchstone.detectors.image.RgbImage;
import org.touchstone.detectors.testing.Containers;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.detectors.testing.VideoWriter.Settings;
import org.touchstone.domain.Reason;

class FrameSamplerTest {
  private static final Settings H264 = Settings.h264(160, 96);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "clip.mp4, libopenh264, yuv420p, 12",
    "clip.mp4, libopenh264, yuv420p, 1000",
    "clip.mkv, libopenh264, yuv420p, 25",
    "clip.avi, mpeg4, yuv420p, 12",
    "clip.ts, libopenh264, yuv420p, 10",
    "clip.webm, libvpx-vp9, yuv420p, 20",
    "clip.mov, prores_ks, yuv422p10le, 1"
  })
  void samplesEverySegmentOnceWhateverTheContainer(
      String name, String codec, String format, int gop) {
    Settings settings = H264.withCodec(codec, format).withGop(gop);
    Path file = TestMedia.numberedVideo(folder.resolve(name), settings, 100);

    List<VideoFrame> frames = new FrameSampler(limits(10)).sample(file);

    assertThat(frames).hasSize(10);
    assertThat(frames)
        .allSatisfy(
            frame -> {
              int number = (int) Math.round(frame.seconds() * 25);
              assertThat(frame.seconds() * 25).isCloseTo(number, within(0.05));
              assertShows(frame.image(), number);
            });
    // The first frame of MPEG-TS may not be reachable by a seek; a segment is 0.4 s long.
    assertThat(segments(frames, 0.4)).doesNotHaveDuplicates();
  }

  @Test
  void takesKeyframesOfALongVideoWithoutDecodingWhatIsBetween() {
    Path file = TestMedia.numberedVideo(folder.resolve("long.mp4"), H264.withGop(20), 1000);

    List<VideoFrame> frames = new FrameSampler(limits(8)).sample(file);

    assertThat(frames).hasSize(8);
    assertThat(frames)
        .allSatisfy(frame -> assertThat(Math.round(frame.seconds() * 25) % 20).isZero());
  }

  @Test
  void givesAllFramesOfAVideoThatHasFewerThanAskedFor() {
    Path file = TestMedia.numberedVideo(folder.resolve("short.mp4"), H264, 5);

    List<VideoFrame> frames = new FrameSampler(limits(16)).sample(file);

    assertThat(frames).hasSize(5);
    IntStream.range(0, 5).forEach(i -> assertShows(frames.get(i).image(), i));
  }

  @Test
  void givesTheOneFrameOfAOneFrameVideo() {
    Path file = TestMedia.numberedVideo(folder.resolve("one.mp4"), H264, 1);

    assertThat(new FrameSampler(limits(16)).sample(file)).hasSize(1);
  }

  @Test
  void followsTheTimesOfAVariableFrameRate() {
    Path file = folder.resolve("variable.mkv");
    double[] times = {0, 0.04, 0.08, 0.12, 3, 3.5, 9, 9.1, 9.2, 10};
    try (VideoWriter writer = new VideoWriter(file, H264)) {
      for (int i = 0; i < times.length; i++) {
        writer.frame(times[i], TestMedia.numbered(160, 96, i));
      }
    }

    List<VideoFrame> frames = new FrameSampler(limits(4)).sample(file);

    assertThat(frames).extracting(VideoFrame::seconds).containsExactly(0.0, 3.0, 9.0);
    assertShows(frames.get(1).image(), 4);
  }

  @ParameterizedTest
  @CsvSource({"90", "180", "270"})
  void turnsFramesUpright(int degrees) {
    RgbImage leftRed = leftRed(160, 96);
    Path file = folder.resolve("turned.mp4");
    TestMedia.video(file, H264.withRotation(degrees), 10, n -> leftRed);

    RgbImage image = new FrameSampler(limits(2)).sample(file).getFirst().image();

    boolean sideways = degrees != 180;
    assertThat(image.width()).isEqualTo(sideways ? 96 : 160);
    assertThat(image.height()).isEqualTo(sideways ? 160 : 96);
    int middleX = image.width() / 2;
    int middleY = image.height() / 2;
    int[] red =
        switch (degrees) {
          case 90 -> new int[] {middleX, 8};
          case 180 -> new int[] {image.width() - 8, middleY};
          default -> new int[] {middleX, image.height() - 8};
        };
    assertThat(image.sample(red[0], red[1], 0)).isGreaterThan(200);
    int oppositeX = image.width() - 1 - red[0];
    int oppositeY = image.height() - 1 - red[1];
    assertThat(image.sample(oppositeX, oppositeY, 0)).isLessThan(60);
  }

  @Test
  void readsTenBitAv1() {
    Settings settings = H264.withCodec("libaom-av1", "yuv420p10le");
    Path file = TestMedia.numberedVideo(folder.resolve("ten.mp4"), settings, 20);

    assertShows(new FrameSampler(limits(4)).sample(file).get(1).image(), 5);
  }

  @Test
  void showsWhatIsTransparentAsWhite() {
    Path file = folder.resolve("alpha.mov");
    byte[] pixels = new byte[32 * 32 * 4];
    for (int i = 0; i < pixels.length / 2; i += 4) {
      pixels[i] = (byte) 200;
      pixels[i + 3] = (byte) 255;
    }
    try (VideoWriter writer =
        new VideoWriter(file, Settings.h264(32, 32).withCodec("png", "rgba"))) {
      writer.frame(0, 32, 32, pixels);
    }

    RgbImage image = new FrameSampler(limits(2)).sample(file).getFirst().image();

    assertThat(new int[] {image.sample(16, 4, 0), image.sample(16, 4, 1)}).containsExactly(200, 0);
    assertThat(new int[] {image.sample(16, 28, 0), image.sample(16, 28, 1)})
        .containsExactly(255, 255);
  }

  @Test
  void readsOddSizes() {
    Settings settings = Settings.h264(161, 97).withCodec("libvpx-vp9", "yuv420p");
    Path file = TestMedia.numberedVideo(folder.resolve("odd.webm"), settings, 10);

    RgbImage image = new FrameSampler(limits(2)).sample(file).getFirst().image();

    assertThat(image.width()).isEqualTo(161);
    assertThat(image.height()).isEqualTo(97);
  }

  @Test
  void scalesLargeFramesDown() {
    Path file = TestMedia.numberedVideo(folder.resolve("large.mp4"), H264, 10);
    DecodeLimits limits =
        new DecodeLimits(2, 1_000_000, 1_000_000, 160 * 96 / 4, Duration.ofSeconds(30));

    RgbImage image = new FrameSampler(limits).sample(file).getFirst().image();

    assertThat(image.width()).isEqualTo(80);
    assertThat(image.height()).isEqualTo(48);
    assertShows(image, 0);
  }

  @Test
  void refusesAVideoOfTooManyPixelsUnseen() {
    Path file = TestMedia.numberedVideo(folder.resolve("large.mp4"), H264, 2);
    DecodeLimits limits = new DecodeLimits(2, 10_000, 10_000, 10_000, Duration.ofSeconds(30));

    assertReason(file, limits, Reason.UNSUPPORTED);
  }

  @Test
  void readsAVideoWhoseHeaderGivesNoDuration() throws IOException {
    Settings live = H264.withOptions(Map.of("live", "1"));
    Path file = TestMedia.numberedVideo(folder.resolve("live.mkv"), live.withGop(10), 100);

    List<VideoFrame> frames = new FrameSampler(limits(10)).sample(file);

    assertThat(segments(frames, 0.4)).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void doesNotBelieveAHeaderThatClaimsTenHours() throws IOException {
    Path file = TestMedia.numberedVideo(folder.resolve("lies.mkv"), H264, 100);
    claimDuration(file, 36_000_000);

    List<VideoFrame> frames = new FrameSampler(limits(10)).sample(file);

    assertThat(segments(frames, 0.4)).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void countsWhatCanBeDecodedOfACutOffVideo() throws IOException {
    Settings early = H264.withGop(10).withOptions(Map.of("movflags", "+faststart"));
    Path file = TestMedia.video(folder.resolve("cut.mp4"), early, 100, FrameSamplerTest::noise);
    cut(file, 0.5);

    List<VideoFrame> frames = new FrameSampler(limits(10)).sample(file);

    assertThat(frames).hasSizeGreaterThan(5);
    assertThat(frames.getLast().seconds()).isBetween(1.0, 3.0);
  }

  @Test
  void passesOverADamagedStretch() throws IOException {
    Settings early = H264.withGop(10).withOptions(Map.of("movflags", "+faststart"));
    Path file = TestMedia.video(folder.resolve("hole.mp4"), early, 100, FrameSamplerTest::noise);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() * 4 / 10);
      bytes.write(new byte[(int) (bytes.length() / 5)]);
    }

    List<VideoFrame> frames = new FrameSampler(limits(10)).sample(file);

    assertThat(frames.getFirst().seconds()).isLessThan(0.4);
    assertThat(frames.getLast().seconds()).isGreaterThan(3.5);
    assertThat(frames).hasSizeBetween(6, 9);
  }

  @Test
  void tellsACutOffVideoWithoutIndexFromAForeignFile() throws IOException {
    Path video = TestMedia.numberedVideo(folder.resolve("late.mp4"), H264, 50);
    cut(video, 0.5);
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video at all\n".repeat(100));
    Path empty = Files.createFile(folder.resolve("empty.mp4"));

    assertReason(video, limits(4), Reason.CORRUPT);
    assertReason(text, limits(4), Reason.UNSUPPORTED);
    assertReason(empty, limits(4), Reason.CORRUPT);
  }

  @Test
  void findsNoVideoInAudioWithOrWithoutACover() {
    Path audio = folder.resolve("audio.m4a");
    new VideoWriter(audio, Settings.audioOnly(1)).close();
    Path covered = folder.resolve("covered.mp3");
    Settings cover = Settings.h264(64, 64).withCodec("png", "rgb24").withTone(1).asCover();
    TestMedia.video(covered, cover, 1, n -> TestMedia.plain(64, 64, 200, 0, 0));

    assertReason(audio, limits(4), Reason.NOT_APPLICABLE);
    assertReason(covered, limits(4), Reason.NOT_APPLICABLE);
  }

  @Test
  void survivesAChangeOfResolution() throws IOException {
    Path small = TestMedia.numberedVideo(folder.resolve("small.ts"), H264.withGop(5), 50);
    Settings larger = Settings.h264(320, 192).withGop(5);
    Path large = TestMedia.numberedVideo(folder.resolve("large.ts"), larger, 50);
    Files.write(small, Files.readAllBytes(large), StandardOpenOption.APPEND);

    List<VideoFrame> frames = new FrameSampler(limits(10)).sample(small);

    assertThat(frames).isNotEmpty();
    assertThat(frames)
        .allSatisfy(
            frame -> assertThat(frame.image().height() * 5).isEqualTo(frame.image().width() * 3));
  }

  @Test
  void refusesVideosThatHoldBoxesOfStillPictures() {
    Path top = TestMedia.numberedVideo(folder.resolve("top.mp4"), H264, 5);
    byte[] meta = Containers.box("meta", new byte[4], Containers.box("iinf", new byte[6]));
    Containers.bmffWith(top, meta);
    Path nested = TestMedia.numberedVideo(folder.resolve("nested.mp4"), H264, 5);
    Containers.bmffWith(nested, Containers.box("moov", Containers.box("udta", meta)));

    assertReason(top, limits(4), Reason.UNSUPPORTED);
    assertReason(nested, limits(4), Reason.UNSUPPORTED);
  }

  @Test
  void doesNotFollowPlaylistsToOtherFiles() throws IOException {
    Path secret = TestMedia.numberedVideo(folder.resolve("secret.mp4"), H264, 5);
    Path playlist =
        Files.writeString(folder.resolve("list.mp4"), "ffconcat version 1.0\nfile secret.mp4\n");
    Path hls =
        Files.writeString(
            folder.resolve("hls.mp4"),
            "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://%s\n#EXT-X-ENDLIST\n"
                .formatted(secret));

    assertReason(playlist, limits(4), Reason.UNSUPPORTED);
    assertReason(hls, limits(4), Reason.UNSUPPORTED);
  }

  @Test
  void saysThatItTookTooLongWhenTimeIsOverBeforeTheFirstFrame() {
    Path file = TestMedia.numberedVideo(folder.resolve("slow.mp4"), H264, 20);
    DecodeLimits limits = new DecodeLimits(4, 1_000_000, 1_000_000, 1_000_000, Duration.ZERO);

    assertReason(file, limits, Reason.TIMEOUT);
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() {
    Path file = TestMedia.numberedVideo(folder.resolve("stopped.mp4"), H264, 20);

    Thread.currentThread().interrupt();
    try {
      assertReason(file, limits(4), Reason.TIMEOUT);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static DecodeLimits limits(int frames) {
    return new DecodeLimits(frames, 1_000_000, 1_000_000, 1_000_000, Duration.ofSeconds(30));
  }

  private static void assertReason(Path file, DecodeLimits limits, Reason reason) {
    assertThatThrownBy(() -> new FrameSampler(limits).sample(file))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageNotContaining(file.getParent().toString());
  }

  private static void assertShows(RgbImage image, int number) {
    int expected = 4 * (number % 60) + 8;
    assertThat(image.sample(image.width() / 2, image.height() / 2, 1))
        .isCloseTo(expected, within(2));
  }

  private static List<Integer> segments(List<VideoFrame> frames, double seconds) {
    return frames.stream().map(f -> (int) (f.seconds() / seconds + 0.01)).toList();
  }

  private static RgbImage leftRed(int width, int height) {
    RgbImage image = TestMedia.plain(width, height, 0, 0, 0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width / 4; x++) {
        image.data()[(y * width + x) * RgbImage.CHANNELS] = (byte) 255;
      }
    }
    return image;
  }

  /** Pictures that do not compress, so that bytes are spread evenly over time. */
  private static RgbImage noise(int number) {
    byte[] data = new byte[160 * 96 * RgbImage.CHANNELS];
    new java.util.Random(number).nextBytes(data);
    return new RgbImage(160, 96, data);
  }

  private static void cut(Path file, double share) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength((long) (bytes.length() * share));
    }
  }

  /** Overwrites the duration, element 0x4489 with eight bytes, of a Matroska file. */
  private static void claimDuration(Path file, double milliseconds) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] head = new byte[(int) Math.min(bytes.length(), 2000)];
      bytes.readFully(head);
      int at = 0;
      while ((head[at] & 0xff) != 0x44 || (head[at + 1] & 0xff) != 0x89) {
        at++;
      }
      bytes.seek(at + 3);
      bytes.writeDouble(milliseconds);
    }
  }
}
