package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;

class FrameSamplerTest {

  private static final VideoSettings H264 = VideoSettings.h264(160, 96);

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
    VideoSettings settings = H264.withCodec(codec, format).withGop(gop);
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
  void judgesInterlacedVideo() throws IOException {
    Path file = folder.resolve("interlaced.mp4");
    try (InputStream in = getClass().getResourceAsStream("interlaced.mp4")) {
      Files.copy(in, file);
    }

    List<VideoFrame> frames = new FrameSampler(limits(4)).sample(file);

    assertThat(frames).hasSize(4);
    assertThat(frames).allSatisfy(frame -> assertThat(frame.image().width()).isEqualTo(64));
  }

  /** Positions in these cannot be found by time, and keyframes are far apart. */
  @ParameterizedTest
  @CsvSource({"stream.m1v, mpeg1video", "stream.m2v, mpeg2video", "program.mpg, mpeg2video"})
  void spreadsFramesOverStreamsThatCannotBeSearched(String name, String codec) {
    VideoSettings settings = H264.withCodec(codec, "yuv420p").withGop(30);
    Path file = TestMedia.numberedVideo(folder.resolve(name), settings, 40);

    List<VideoFrame> frames = new FrameSampler(limits(8)).sample(file);

    assertThat(frames).hasSize(8);
    int first = frames.getFirst().image().sample(80, 48, 0);
    int last = frames.getLast().image().sample(80, 48, 0);
    assertThat(last - first).as("brightness tells the frame").isGreaterThan(100);
  }

  @Test
  void readsTenBitAv1() {
    VideoSettings settings = H264.withCodec("libaom-av1", "yuv420p10le");
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
        new VideoWriter(file, VideoSettings.h264(32, 32).withCodec("png", "rgba"))) {
      writer.frame(0, 32, 32, pixels);
    }

    RgbImage image = new FrameSampler(limits(2)).sample(file).getFirst().image();

    assertThat(new int[] {image.sample(16, 4, 0), image.sample(16, 4, 1)}).containsExactly(200, 0);
    assertThat(new int[] {image.sample(16, 28, 0), image.sample(16, 28, 1)})
        .containsExactly(255, 255);
  }

  @Test
  void readsOddSizes() {
    VideoSettings settings = VideoSettings.h264(161, 97).withCodec("libvpx-vp9", "yuv420p");
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
  void readsAVideoWhoseHeaderGivesNoDuration() throws IOException {
    VideoSettings live = H264.withOptions(Map.of("live", "1"));
    Path file = TestMedia.numberedVideo(folder.resolve("live.mkv"), live.withGop(10), 100);

    List<VideoFrame> frames = new FrameSampler(limits(10)).sample(file);

    assertThat(segments(frames, 0.4)).hasSize(10).doesNotHaveDuplicates();
  }

  private static DecodeLimits limits(int frames) {
    return new DecodeLimits(frames, 1_000_000, 1_000_000, 1_000_000, Duration.ofSeconds(30));
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
}
