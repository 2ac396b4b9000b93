package org.touchstone.resolver.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.domain.Modality;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.MediaFormat;
import org.touchstone.resolver.TestMedia;

class ImageProbeTest {
  @TempDir Path folder;

  private final MediaProbe probe =
      new MediaProbe(
          new Ffprobe(
              new Ffprobe.Executable("not-needed-for-images", null),
              java.time.Duration.ofSeconds(1)),
          MediaLimits.DEFAULT);

  static Stream<Arguments> pictures() {
    return Stream.of(
        arguments(TestMedia.jpeg(), MediaFormat.JPEG, "image/jpeg"),
        arguments(TestMedia.png(), MediaFormat.PNG, "image/png"),
        arguments(TestMedia.silentVideo("animated.gif", ""), MediaFormat.GIF, "image/gif"),
        arguments(TestMedia.image("still.webp", "-c:v libwebp"), MediaFormat.WEBP, "image/webp"),
        arguments(
            TestMedia.image("lossless.webp", "-c:v libwebp -lossless 1"),
            MediaFormat.WEBP,
            "image/webp"),
        arguments(
            TestMedia.silentVideo("animated.webp", "-c:v libwebp_anim"),
            MediaFormat.WEBP,
            "image/webp"),
        arguments(
            TestMedia.image("still.avif", "-c:v libaom-av1 -still-picture 1"),
            MediaFormat.AVIF,
            "image/avif"),
        arguments(TestMedia.image("image.bmp", ""), MediaFormat.BMP, "image/bmp"),
        arguments(TestMedia.image("image.tiff", ""), MediaFormat.TIFF, "image/tiff"));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void readsTheSizeOfRealPictures(Path file, MediaFormat format, String type) throws IOException {
    assertThat(probe.probe(file, format))
        .isEqualTo(new Probed(Modality.IMAGE, type, 64, 48, null, null));
  }

  static Stream<Arguments> cutOff() {
    return pictures()
        .filter(a -> a.get()[1] != MediaFormat.GIF && a.get()[1] != MediaFormat.BMP)
        .filter(a -> a.get()[1] != MediaFormat.TIFF);
  }

  @ParameterizedTest
  @MethodSource("cutOff")
  void noticesPicturesThatWereCutOff(Path file, MediaFormat format, String type)
      throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {30, whole.length / 2, whole.length - 13}) {
      assertThat(problem(Arrays.copyOf(whole, length), format))
          .as("the first %d of %d bytes", length, whole.length)
          .isEqualTo(ProblemType.MEDIA_CORRUPT);
    }
  }

  @ParameterizedTest
  @CsvSource({"GIF, 8", "BMP, 20", "TIFF, 12", "WEBP, 18", "JPEG, 4", "PNG, 20", "HEIC, 20"})
  void anUnfinishedHeaderIsCorrupt(MediaFormat format, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (format == MediaFormat.TIFF) {
      System.arraycopy(new byte[] {'I', 'I', 42, 0, 8}, 0, bytes, 0, 5);
    }
    assertThat(problem(bytes, format)).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void refusesAHundredMegapixelsByTheirHeader() throws IOException {
    assertThat(problem(png(10_000, 10_000), MediaFormat.PNG))
        .isEqualTo(ProblemType.MEDIA_TOO_MANY_PIXELS);
  }

  @Test
  void refusesSidesWhoseProductOverflows() throws IOException {
    assertThat(problem(png(Integer.MAX_VALUE, Integer.MAX_VALUE), MediaFormat.PNG))
        .isEqualTo(ProblemType.MEDIA_TOO_MANY_PIXELS);
  }

  @Test
  void refusesPngSidesThatAreNotPositive() throws IOException {
    assertThat(problem(png(0, 5), MediaFormat.PNG)).isEqualTo(ProblemType.MEDIA_CORRUPT);
    assertThat(problem(png(-5, 5), MediaFormat.PNG)).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void allocatesNothingForAPngHeaderThatClaimsGigabytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Arrays.copyOf(png(5, 5), 33));
    chunk(bytes, "IHDR", new byte[0], Integer.MAX_VALUE);
    assertThat(problem(bytes.toByteArray(), MediaFormat.PNG)).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  @Test
  void theLargestOfSeveralJpegFramesCounts() throws IOException {
    byte[] whole = Files.readAllBytes(TestMedia.jpeg());
    byte[] bomb = {
      (byte) 0xFF, (byte) 0xC0, 0, 8, 8, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0
    };
    assertThat(problem(insert(whole, 2, bomb), MediaFormat.JPEG))
        .isEqualTo(ProblemType.MEDIA_TOO_MANY_PIXELS);
  }

  @Test
  void turnsAPictureAsItsExifOrientationSays() throws IOException {
    byte[] whole = Files.readAllBytes(TestMedia.jpeg());
    Path turned = write(insert(whole, 2, exif(6)));
    assertThat(probe.probe(turned, MediaFormat.JPEG))
        .extracting(Probed::width, Probed::height)
        .containsExactly(48, 64);
    Path upsideDown = write(insert(whole, 2, exif(3)));
    assertThat(probe.probe(upsideDown, MediaFormat.JPEG))
        .extracting(Probed::width, Probed::height)
        .containsExactly(64, 48);
  }

  @Test
  void readsTheLargestItemOfAHeicAndItsRotation() throws IOException {
    byte[] tile = box("ispe", ints(0, 512, 512));
    byte[] whole = box("ispe", ints(0, 4032, 3024));
    byte[] ipco = box("ipco", tile, whole, box("irot", new byte[] {3}));
    byte[] meta = box("meta", ints(0), box("iprp", ipco));
    byte[] ftyp = box("ftyp", "heic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1));
    Path file = write(concat(ftyp, meta, box("mdat", new byte[10])));
    assertThat(probe.probe(file, MediaFormat.HEIC))
        .isEqualTo(new Probed(Modality.IMAGE, "image/heic", 3024, 4032, null, null));
  }

  @Test
  void boxesOfImpossibleSizeAreCorrupt() throws IOException {
    byte[] ftyp = box("ftyp", "heic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1));
    byte[] endless = concat(ftyp, ints(4), "free".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(problem(endless, MediaFormat.HEIC)).isEqualTo(ProblemType.MEDIA_CORRUPT);
    byte[] wrapping =
        concat(ftyp, ints(1), "mdat".getBytes(StandardCharsets.ISO_8859_1), ints(0x7FFFFFFF, -1));
    assertThat(problem(wrapping, MediaFormat.HEIC)).isEqualTo(ProblemType.MEDIA_CORRUPT);
  }

  private ProblemType problem(byte[] content, MediaFormat format) throws IOException {
    Path file = write(content);
    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> probe.probe(file, format));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).doesNotContain(folder.toString());
    return e.problem().type();
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("file"), content);
  }

  private static byte[] png(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) 2);
    chunk(bytes, "IHDR", header.array(), 13);
    chunk(bytes, "IEND", new byte[0], 0);
    return bytes.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data, int claimed)
      throws IOException {
    DataOutputStream fields = new DataOutputStream(out);
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    fields.writeInt(claimed);
    fields.write(name);
    fields.write(data);
    fields.writeInt((int) crc.getValue());
  }

  private static byte[] exif(int orientation) {
    ByteBuffer block = ByteBuffer.allocate(2 + 2 + 6 + 26);
    block.putShort((short) 0xFFE1).putShort((short) (2 + 6 + 26));
    block.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    block.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
    block.putShort((short) 1).putShort((short) 0x112).putShort((short) 3).putInt(1);
    block.putShort((short) orientation).putShort((short) 0).putInt(0);
    return block.array();
  }

  private static byte[] insert(byte[] whole, int at, byte[] part) {
    return concat(Arrays.copyOf(whole, at), part, Arrays.copyOfRange(whole, at, whole.length));
  }

  private static byte[] box(String type, byte[]... payload) {
    byte[] content = concat(payload);
    return concat(ints(content.length + 8), type.getBytes(StandardCharsets.ISO_8859_1), content);
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
