package org.touchstone.detectors.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.context.MediaContext;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Reason;
import org.touchstone.models.SoundCodec;

class SoundTest {
  private static final double HERTZ = 200;

  @TempDir Path folder;
  private Path work;

  @BeforeEach
  void makeWorkFolder() throws IOException {
    work = Files.createDirectory(folder.resolve("work"));
  }

  @Test
  void isOneChannelOfSixteenThousandSamplesWhateverTheFileHas() throws IOException {
    for (int rate : new int[] {8_000, 16_000, 44_100, 48_000}) {
      for (int channels : new int[] {1, 2, 6}) {
        try (Sound sound = decode(wav(rate, channels, 2, 0.5))) {
          assertThat(sound.seconds()).isCloseTo(2, within(0.005));
          assertThat(sound.isWhole()).isTrue();
          float[] window = sound.window(1.0, 0.01);
          assertThat(window).hasSize(160);
          double loudest = 0;
          for (float sample : window) {
            loudest = Math.max(loudest, Math.abs(sample));
          }
          assertThat(loudest).as("%d Hz, %d channels", rate, channels).isBetween(0.45, 0.55);
        }
      }
    }
  }

  @Test
  void everyChannelCountsWhereNobodySaysWhereItsSpeakerStands() throws IOException {
    for (int channels : new int[] {3, 24, 48, 64}) {
      try (Sound sound = decode(wav(16_000, channels, 1, 0.5))) {
        assertThat(sound.samples()).isEqualTo(16_000);
        float loudest = 0;
        for (float sample : sound.window(0.2, 0.1)) {
          loudest = Math.max(loudest, Math.abs(sample));
        }
        assertThat(loudest).as("%d channels", channels).isBetween(0.45f, 0.55f);
        assertThat(sound.source().channels()).isEqualTo(channels);
      }
    }
  }

  @Test
  void givesTheSamplesOfAWindowAndSilenceOutsideTheSound() throws IOException {
    try (Sound sound = decode(wav(16_000, 1, 1, 0.5))) {
      assertThat(sound.samples()).isEqualTo(16_000);
      float[] start = sound.window(-2L, 5);
      assertThat(start[0]).isZero();
      assertThat(start[1]).isZero();
      for (int i = 2; i < 5; i++) {
        assertThat(start[i]).isCloseTo((float) sample(i - 2, 16_000, 0.5), within(1e-4f));
      }
      float[] end = sound.window(15_998L, 4);
      assertThat(end[1]).isCloseTo((float) sample(15_999, 16_000, 0.5), within(1e-4f));
      assertThat(end[2]).isZero();
      assertThat(sound.window(1_000_000L, 3)).containsOnly(0);
      assertThat(sound.window(Long.MAX_VALUE - 1, 1)).containsOnly(0);
      assertThatThrownBy(() -> sound.window(0L, 1 << 25))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void comesOutOfVideosAndCompressedFiles() {
    Path video = folder.resolve("a.mp4");
    try (VideoWriter writer = new VideoWriter(video, VideoSettings.h264(64, 64).withTone(1.5))) {
      writer.frame(0, TestMedia.plain(64, 64, 9, 9, 9));
    }
    Path audio = folder.resolve("a.mp3");
    new VideoWriter(audio, VideoSettings.audioOnly(1.5)).close();
    for (Path file : new Path[] {video, audio}) {
      try (Sound sound = decode(file)) {
        assertThat(sound.seconds()).isCloseTo(1.5, within(0.1));
      }
    }
  }

  @Test
  void isDecodedOnceAndDeletedWithItsContext() throws IOException {
    Path file = wav(16_000, 1, 1, 0.5);
    Sound sound;
    try (MediaContext media = context(file, Modality.AUDIO)) {
      sound = media.sound();
      assertThat(media.sound()).isSameAs(sound);
      assertThat(files(work)).isEqualTo(1);
    }
    assertThat(files(work)).isZero();
    assertThatThrownBy(() -> sound.window(0L, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void outlivesADetectorThatWasInterruptedWhileItRead() throws IOException {
    try (Sound sound = decode(wav(16_000, 1, 1, 0.5))) {
      Thread.currentThread().interrupt();
      sound.window(0L, 10);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(sound.window(20L, 1)[0]).isNotZero();
    }
  }

  @Test
  void endsAtTheLimits() throws IOException {
    Path file = wav(16_000, 1, 3, 0.5);
    try (Sound sound = Sound.decode(file, work, limits(Duration.ofSeconds(2)))) {
      assertThat(sound.samples()).isEqualTo(32_000);
      assertThat(sound.isWhole()).isFalse();
    }
    DecodeLimits late = withSound(new DecodeLimits.Sound(Duration.ofHours(1), Duration.ofNanos(1)));
    assertReason(Reason.TIMEOUT, () -> Sound.decode(file, work, late));
    assertThat(files(work)).isZero();
  }

  @Test
  void saysWhyThereIsNone() throws IOException {
    Path video =
        TestMedia.numberedVideo(folder.resolve("silent.mp4"), VideoSettings.h264(64, 64), 3);
    assertReason(Reason.NO_AUDIO, () -> decode(video));
    try (MediaContext still = context(TestMedia.rocket(folder), Modality.IMAGE)) {
      assertReason(Reason.NOT_APPLICABLE, still::sound);
    }
    Path text = Files.writeString(folder.resolve("a.txt"), "not a medium at all");
    assertReason(Reason.UNSUPPORTED, () -> decode(text));
    byte[] header = new byte[44];
    System.arraycopy(Files.readAllBytes(wav(16_000, 1, 1, 0.5)), 0, header, 0, 44);
    assertReason(Reason.CORRUPT, () -> decode(Files.write(folder.resolve("cut.wav"), header)));
    assertThat(files(work)).isZero();
  }

  @Test
  void passesOverDamage() throws IOException {
    Path audio = folder.resolve("a.mp3");
    new VideoWriter(audio, VideoSettings.audioOnly(2)).close();
    byte[] bytes = Files.readAllBytes(audio);
    for (int i = bytes.length / 2; i < bytes.length / 2 + 500; i++) {
      bytes[i] = (byte) (i * 31);
    }
    try (Sound sound = decode(Files.write(folder.resolve("damaged.mp3"), bytes))) {
      assertThat(sound.seconds()).isBetween(1.5, 2.5);
    }
  }

  @Test
  void isHeardUpToWhereAFileBreaksOff() throws IOException {
    byte[] bytes = Files.readAllBytes(wav(16_000, 2, 2, 0.5));
    Path cut =
        Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, 44 + (bytes.length - 44) / 2));
    try (Sound sound = decode(cut)) {
      assertThat(sound.seconds()).isCloseTo(1, within(0.01));
    }
  }

  @Test
  void aCoverIsNotAVideo() throws IOException {
    Path plain = folder.resolve("plain.mp3");
    new VideoWriter(plain, VideoSettings.audioOnly(2)).close();
    try (Sound sound = decode(withCover(plain))) {
      assertThat(sound.seconds()).isCloseTo(2, within(0.1));
      assertThat(sound.source().kind()).isEqualTo(SoundCodec.LOSSY);
    }
  }

  /** An MP3 file with a picture in an ID3 tag of version 2.3. */
  private Path withCover(Path mp3) throws IOException {
    byte[] picture = Files.readAllBytes(TestMedia.rocket(folder));
    byte[] head = "\0image/jpeg\0\3\0".getBytes(StandardCharsets.ISO_8859_1);
    int frame = head.length + picture.length;
    int tag = 10 + frame;
    byte[] sound = Files.readAllBytes(mp3);
    ByteBuffer file = ByteBuffer.allocate(10 + tag + sound.length);
    file.put("ID3".getBytes()).put((byte) 3).put((byte) 0).put((byte) 0);
    for (int shift = 21; shift >= 0; shift -= 7) {
      file.put((byte) (tag >> shift & 0x7f));
    }
    file.put("APIC".getBytes()).putInt(frame).putShort((short) 0).put(head).put(picture).put(sound);
    return Files.write(folder.resolve("cover.mp3"), file.array());
  }

  /** Six hours and 48 channels with a heap that would hold neither. */
  @Test
  @Tag("full")
  void sixHoursAndManyChannelsNeedLittleMemory() throws IOException {
    Path longFile = folder.resolve("six-hours.wav");
    TestSounds.longTelephone(longFile, 6 * 3600);
    Path wide = wav(48_000, 48, 10, 0.5);
    for (Path file : new Path[] {longFile, wide}) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      try (Sound sound = decode(file)) {
        assertThat(sound.isWhole()).isTrue();
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / sound.samples();
        // A few short-lived arrays for each block; nothing grows with the length.
        assertThat(each).isLessThan(50);
        assertThat(used()).isLessThan(200L << 20);
      }
    }
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private interface Attempt {
    Object run() throws IOException;
  }

  private static void assertReason(Reason reason, Attempt attempt) {
    assertThatThrownBy(attempt::run)
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private Sound decode(Path file) {
    return Sound.decode(file, work, DecodeLimits.DEFAULT);
  }

  private MediaContext context(Path file, Modality modality) {
    return new MediaContext(
        file,
        TestMedia.item(modality, null),
        modality,
        DecodeLimits.DEFAULT,
        TestMedia.NO_FACES,
        work);
  }

  private static DecodeLimits limits(Duration maxLength) {
    return withSound(new DecodeLimits.Sound(maxLength, Duration.ofMinutes(1)));
  }

  private static DecodeLimits withSound(DecodeLimits.Sound sound) {
    DecodeLimits limits = DecodeLimits.DEFAULT;
    return new DecodeLimits(
        limits.frames(),
        limits.maxSourcePixels(),
        limits.maxImagePixels(),
        limits.maxFramePixels(),
        limits.maxTime(),
        limits.consecutive(),
        sound);
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static double sample(int i, int rate, double loudness) {
    return loudness * Math.sin(2 * Math.PI * HERTZ * i / rate);
  }

  /** The same tone on every channel, 16 bits. */
  private Path wav(int rate, int channels, double seconds, double loudness) throws IOException {
    int frames = (int) (rate * seconds);
    int bytes = frames * channels * 2;
    ByteBuffer wav = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes()).putInt(36 + bytes).put("WAVEfmt ".getBytes()).putInt(16);
    wav.putShort((short) 1).putShort((short) channels).putInt(rate).putInt(rate * channels * 2);
    wav.putShort((short) (channels * 2)).putShort((short) 16);
    wav.put("data".getBytes()).putInt(bytes);
    for (int i = 0; i < frames; i++) {
      for (int c = 0; c < channels; c++) {
        wav.putShort((short) Math.rint(sample(i, rate, loudness) * 32768));
      }
    }
    return Files.write(
        folder.resolve("%d-%d-%s.wav".formatted(rate, channels, seconds)), wav.array());
  }
}
