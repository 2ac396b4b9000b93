package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.Reason;
import org.touchstone.testing.media.Containers;

class FrameSamplerBadInputTest {

  private static final VideoSettings H264 = VideoSettings.h264(160, 96);

  @TempDir Path folder;

  @Test
  void refusesAVideoOfTooManyPixelsUnseen() {
    Path file = TestMedia.numberedVideo(folder.resolve("large.mp4"), H264, 2);
    DecodeLimits limits = new DecodeLimits(2, 10_000, 10_000, 10_000, Duration.ofSeconds(30));

    assertReason(file, limits, Reason.UNSUPPORTED);
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
    VideoSettings early = H264.withGop(10).withOptions(Map.of("movflags", "+faststart"));
    Path file =
        TestMedia.video(folder.resolve("cut.mp4"), early, 100, FrameSamplerBadInputTest::noise);
    cut(file, 0.5);

    List<VideoFrame> frames = new FrameSampler(limits(10)).sample(file);

    assertThat(frames).hasSizeGreaterThan(5);
    assertThat(frames.getLast().seconds()).isBetween(1.0, 3.0);
  }

  @Test
  void passesOverADamagedStretch() throws IOException {
    VideoSettings early = H264.withGop(10).withOptions(Map.of("movflags", "+faststart"));
    Path file =
        TestMedia.video(folder.resolve("hole.mp4"), early, 100, FrameSamplerBadInputTest::noise);
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
    new VideoWriter(audio, VideoSettings.audioOnly(1)).close();
    Path covered = folder.resolve("covered.mp3");
    VideoSettings cover =
        VideoSettings.h264(64, 64).withCodec("png", "rgb24").withTone(1).asCover();
    TestMedia.video(covered, cover, 1, n -> TestMedia.plain(64, 64, 200, 0, 0));

    assertReason(audio, limits(4), Reason.NOT_APPLICABLE);
    assertReason(covered, limits(4), Reason.NOT_APPLICABLE);
  }

  @Test
  void survivesAChangeOfResolution() throws IOException {
    Path small = TestMedia.numberedVideo(folder.resolve("small.ts"), H264.withGop(5), 50);
    VideoSettings larger = VideoSettings.h264(320, 192).withGop(5);
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

  @ParameterizedTest
  @ValueSource(strings = {"free", "skip", "moof", "uuid", "wide", "pnot", "abcd"})
  void refusesBoxesOfStillPicturesWhateverTheFileBeginsWith(String type) {
    Path video = TestMedia.numberedVideo(folder.resolve("plain.mp4"), H264, 5);
    byte[] meta = Containers.box("meta", new byte[4], Containers.box("iloc", new byte[8]));
    Path file =
        Containers.write(
            folder.resolve("prefixed.mp4"),
            Containers.concat(Containers.box(type, new byte[16]), Containers.read(video), meta));

    assertReason(file, limits(4), Reason.UNSUPPORTED);
  }

  /** Boxes in which ffmpeg would find those of a still picture. */
  static Stream<byte[]> hiddenStills() {
    byte[] still = Containers.box("iloc", new byte[8]);
    byte[] handler = Containers.box("hdlr", new byte[24]);
    byte[] endless = Containers.ascii("\0\0\0\1moov\0\0\0\0\0\0\0\10");
    return Stream.of(
        Containers.box("meta", still),
        Containers.box("meta", new byte[12], handler, still),
        Containers.box("free", Containers.box("moov", still)),
        Containers.box("moov", Containers.box("cmov", new byte[8])),
        Containers.box("stsd", new byte[8], Containers.box("mp4v", new byte[90], still)),
        Containers.box("wave", still),
        Containers.box("sinf", Containers.box("schi", still)),
        Containers.concat(endless, still));
  }

  @ParameterizedTest
  @MethodSource("hiddenStills")
  void refusesBoxesOfStillPicturesWhereverFfmpegFindsThem(byte[] boxes) {
    Path file = TestMedia.numberedVideo(folder.resolve("hidden.mp4"), H264, 5);
    Containers.bmffWith(file, boxes);

    assertReason(file, limits(4), Reason.UNSUPPORTED);
  }

  @Test
  void refusesMetadataTooLongToLookThrough() {
    Path file = TestMedia.numberedVideo(folder.resolve("long.mp4"), H264, 5);
    Containers.bmffWith(file, Containers.box("meta", new byte[(16 << 20) + 1]));

    assertReason(file, limits(4), Reason.CORRUPT);
  }

  @Test
  void decodesVideosWhoseTextsHaveTheNamesOfBoxesInThem() {
    String text = "Burn 500 kilocalories, iinf iloc iprp ipco meta!";
    Path file =
        TestMedia.numberedVideo(
            folder.resolve("described.mp4"),
            H264.withTags(Map.of("description", text, "comment", text)),
            5);

    assertThat(Containers.read(file)).containsSequence(Containers.ascii("kilocalories"));
    assertThat(new FrameSampler(limits(4)).sample(file)).isNotEmpty();
  }

  @Test
  void decodesVideosWithPadding() {
    Path file = TestMedia.numberedVideo(folder.resolve("padded.mp4"), H264, 5);
    Containers.bmffWith(file, Containers.box("free", new byte[100_000]));

    assertThat(new FrameSampler(limits(4)).sample(file)).isNotEmpty();
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

  private static List<Integer> segments(List<VideoFrame> frames, double seconds) {
    return frames.stream().map(f -> (int) (f.seconds() / seconds + 0.01)).toList();
  }

  /** Pictures that do not compress, so that bytes are spread evenly over time. */
  private static RgbImage noise(int number) {
    byte[] data = new byte[160 * 96 * RgbImage.CHANNELS];
    new Random(number).nextBytes(data);
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
