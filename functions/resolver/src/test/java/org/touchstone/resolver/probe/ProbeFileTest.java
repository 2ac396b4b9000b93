package org.touchstone.resolver.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;
import org.touchstone.formats.completeness.Completeness;
import org.touchstone.resolver.TestMedia;
import org.touchstone.resolver.probe.ProbeFile.Window;

class ProbeFileTest {
  private static final Window SMALL = new Window(1 << 20, 256 << 10, 1 << 20);

  /** Eight seconds of data that does not compress: about 4 MB. */
  private static final String NOISE =
      "-f lavfi -i testsrc=size=160x120:rate=25:duration=8,noise=alls=100:allf=t"
          + " -f lavfi -i sine=duration=8:sample_rate=48000 ";

  private final MediaProbe probe =
      new MediaProbe(
          new Ffprobe(TestMedia.FFMPEG.ffprobe(), Duration.ofSeconds(30)), MediaLimits.DEFAULT);

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftBehind() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private ProbeFile filled(byte[] bytes, MediaFormat format, Window window) throws IOException {
    ProbeFile file = ProbeFile.create(folder, format, window);
    int piece = 10_007;
    for (int at = 0; at < bytes.length; at += piece) {
      file.write(bytes, at, Math.min(piece, bytes.length - at));
    }
    return file;
  }

  private static ProbeFile.Source stored(byte[] bytes) {
    return (from, length) -> new ByteArrayInputStream(bytes, (int) from, (int) length);
  }

  private static Arguments video(String name, MediaFormat format, String options) {
    return arguments(name, format, NOISE + options);
  }

  private static Arguments sound(String name, MediaFormat format, String options) {
    return arguments(name, format, "-f lavfi -i sine=duration=150:sample_rate=48000 " + options);
  }

  static Stream<Arguments> largeMedia() {
    return Stream.of(
        video("large.mp4", MediaFormat.MP4, "-c:v mpeg4 -q:v 2 -c:a aac"),
        video(
            "large-start.mp4", MediaFormat.MP4, "-c:v mpeg4 -q:v 2 -c:a aac -movflags +faststart"),
        video(
            "large-parts.mp4",
            MediaFormat.MP4,
            "-c:v mpeg4 -q:v 2 -c:a aac -movflags +frag_keyframe+empty_moov"),
        video("large.mov", MediaFormat.QUICKTIME, "-c:v mjpeg -q:v 2 -c:a pcm_s16le"),
        video("large.mkv", MediaFormat.MATROSKA, "-c:v mpeg4 -q:v 2 -c:a aac"),
        video(
            "large-live.webm",
            MediaFormat.WEBM,
            "-c:v libvpx -b:v 5M -deadline realtime -cpu-used 8 -c:a libopus -live 1 -f webm"),
        video("large.ts", MediaFormat.MPEG_TS, "-c:v mpeg2video -q:v 2 -c:a mp2"),
        video("large.mpg", MediaFormat.MPEG_PS, "-c:v mpeg1video -q:v 2 -c:a mp2 -f mpeg"),
        video("large.flv", MediaFormat.FLV, "-c:v flv -q:v 2 -c:a libmp3lame -ar 44100"),
        video("large.avi", MediaFormat.AVI, "-c:v mpeg4 -q:v 2 -c:a libmp3lame"),
        video(
            "large.ogv",
            MediaFormat.OGG,
            "-c:v libvpx -b:v 5M -deadline realtime -cpu-used 8 -c:a libopus -f ogg"),
        sound("large.wav", MediaFormat.WAV, ""),
        sound("large.mp3", MediaFormat.MP3, "-c:a libmp3lame -b:a 320k"),
        sound("large-blind.mp3", MediaFormat.MP3, "-c:a libmp3lame -b:a 320k -write_xing 0"),
        sound("large.aac", MediaFormat.AAC, "-c:a aac -b:a 320k -ac 2 -f adts"),
        sound("large.m4a", MediaFormat.M4A, "-c:a pcm_s16be -f mov"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("largeMedia")
  void tellsOfALargeMediumWhatTheWholeFileTells(String name, MediaFormat format, String options)
      throws IOException {
    Path whole = TestMedia.make(name, options);
    byte[] bytes = Files.readAllBytes(whole);
    assertThat(bytes).hasSizeGreaterThan((int) (SMALL.headBytes() + SMALL.tailBytes()));

    try (ProbeFile file = filled(bytes, format, SMALL)) {
      Path part = file.complete(stored(bytes));

      assertThat(Files.size(part)).isEqualTo(bytes.length);
      assertThat(probe.probe(part, format)).isEqualTo(probe.probe(whole, format));
    }
  }

  @Test
  void aHoleTakesNoRoom() throws Exception {
    byte[] piece = new byte[1 << 20];
    Arrays.fill(piece, (byte) 1);
    try (ProbeFile file = ProbeFile.create(folder, MediaFormat.MPEG_TS, SMALL)) {
      for (int i = 0; i < 100; i++) {
        file.write(piece, 0, piece.length);
      }
      Path part = file.complete((from, length) -> new ByteArrayInputStream(piece, 0, (int) length));

      assertThat(Files.size(part)).isEqualTo(100 << 20);
      Process usage = new ProcessBuilder("du", "-k", part.toString()).start();
      String kilobytes = new String(usage.getInputStream().readAllBytes()).split("\\s")[0];
      assertThat(Integer.parseInt(kilobytes)).isLessThan(2048);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1 << 20})
  void whatFitsIsWholeAndReadFromNowhereElse(int length) throws IOException {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    try (ProbeFile file = filled(bytes, MediaFormat.PNG, SMALL)) {
      Path part =
          file.complete(
              (from, count) -> {
                throw new AssertionError("read from the store");
              });
      assertThat(part).hasBinaryContent(bytes);
      assertThat(Files.getPosixFilePermissions(part.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 10})
  void anMp4ThatWasCutOffBehindItsIndexIsJudgedByWhatIsThere(int parts) throws IOException {
    byte[] whole =
        Files.readAllBytes(
            TestMedia.video("faststart.mp4", "-c:v mpeg4 -c:a aac -movflags +faststart"));
    byte[] cut = Arrays.copyOf(whole, whole.length - whole.length / (2 * parts));
    try (ProbeFile file = filled(cut, MediaFormat.MP4, SMALL)) {
      Path part = file.complete(stored(cut));
      assertThat(probe.probe(part, MediaFormat.MP4).modality()).isEqualTo(Modality.VIDEO);
      assertThat(Completeness.of(part, MediaFormat.MP4).isWhole()).isFalse();
    }
  }

  @Test
  void toleratesWhatAProgramLeftBehindTheEnd() throws IOException {
    byte[] whole = Files.readAllBytes(TestMedia.mp4());
    byte[] padded = Arrays.copyOf(whole, whole.length + 100);
    padded[whole.length + 3] = 5;
    try (ProbeFile file = filled(padded, MediaFormat.MP4, SMALL)) {
      Path part = file.complete(stored(padded));
      assertThat(probe.probe(part, MediaFormat.MP4).hasAudio()).isTrue();
      assertThat(Completeness.of(part, MediaFormat.MP4).isWhole()).isTrue();
    }
  }

  @Test
  void refusesAnIndexThatIsTooLarge() throws IOException {
    byte[] box = {0, 0x2F, (byte) 0xFF, (byte) 0xF0, 'm', 'o', 'o', 'v'};
    assertRefused(Arrays.copyOf(box, 3 << 20));
  }

  @Test
  void refusesAnIndexInSoManyPiecesThatTheyFillTheDisk() throws IOException {
    byte[] bytes = new byte[3 << 20];
    byte[] box = {0, 0, 0x10, 0, 'm', 'd', 'a', 't'};
    for (int at = 0; at < bytes.length; at += 0x1000) {
      System.arraycopy(box, 0, bytes, at, box.length);
    }
    assertRefused(bytes);
  }

  private void assertRefused(byte[] bytes) throws IOException {
    try (ProbeFile file = ProbeFile.create(folder, MediaFormat.MP4, SMALL)) {
      ProblemException e =
          catchThrowableOfType(ProblemException.class, () -> file.write(bytes, 0, bytes.length));
      assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
    }
  }
}
