package org.touchstone.resolver.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.box;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.pngChunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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
import org.touchstone.testing.media.Containers;
import org.touchstone.testing.media.Exif;
import org.touchstone.testing.media.Heif;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Tiff;

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

  static Stream<Arguments> measured() {
    // How much of a JPEG or GIF is there only decoding can tell; FFmpeg puts a TIFF's directory
    // last; the first picture of an animation is early in the file.
    return pictures()
        .filter(a -> a.get()[1] != MediaFormat.GIF && a.get()[1] != MediaFormat.JPEG)
        .filter(a -> a.get()[1] != MediaFormat.TIFF)
        .filter(a -> !a.get()[0].toString().endsWith("animated.webp"));
  }

  @ParameterizedTest
  @MethodSource("measured")
  void refusesPicturesOfWhichMostIsMissing(Path file, MediaFormat format, String type)
      throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {30, whole.length / 3}) {
      assertThat(problem(Arrays.copyOf(whole, length), format))
          .as("the first %d of %d bytes", length, whole.length)
          .isEqualTo(ProblemType.MEDIA_CORRUPT);
    }
  }

  static Stream<Arguments> pictures(MediaFormat... formats) {
    return pictures().filter(a -> List.of(formats).contains((MediaFormat) a.get()[1]));
  }

  static Stream<Arguments> judgedInPart() {
    return pictures(
        MediaFormat.JPEG, MediaFormat.PNG, MediaFormat.WEBP, MediaFormat.GIF, MediaFormat.BMP);
  }

  @ParameterizedTest
  @MethodSource("judgedInPart")
  void acceptsPicturesWhoseEndIsMissing(Path file, MediaFormat format, String type)
      throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int missing : new int[] {2, 4, whole.length / 10}) {
      Path cut = write(Arrays.copyOf(whole, whole.length - missing));
      assertThat(probe.probe(cut, format))
          .as("%d bytes are missing of %d", missing, whole.length)
          .isEqualTo(new Probed(Modality.IMAGE, type, 64, 48, null, null));
    }
  }

  @Test
  void readsTheMainPictureOfATiffAndItsRotation() throws IOException {
    Tiff tiff = Tiff.big(ByteOrder.LITTLE_ENDIAN);
    long page =
        tiff.directory(
            tiff.strips(
                Tiff.Fields.picture(60, 40, 1).with(Tiff.ORIENTATION, 6), new byte[60 * 40]),
            0);
    long thumbnail =
        tiff.directory(
            tiff.strips(Tiff.Fields.picture(6, 4, 1).with(Tiff.SUBFILE_TYPE, 1), new byte[6 * 4]),
            page);

    assertThat(probe.probe(write(tiff.bytes(thumbnail)), MediaFormat.TIFF))
        .isEqualTo(new Probed(Modality.IMAGE, "image/tiff", 40, 60, null, null));
  }

  @Test
  void refusesARawPhotographThatHasOnlyAThumbnail() throws IOException {
    Tiff tiff = Tiff.classic(ByteOrder.LITTLE_ENDIAN);
    long sensor =
        tiff.directory(
            tiff.strips(
                Tiff.Fields.picture(6000, 4000, 1).with(Tiff.PHOTOMETRIC, 32803), new byte[10]),
            0);
    Tiff.Fields thumbnail = Tiff.Fields.picture(160, 120, 3).with(Tiff.SUB_DIRECTORIES, sensor);
    long first = tiff.directory(tiff.strips(thumbnail, new byte[160 * 120 * 3]), 0);

    assertThat(problem(tiff.bytes(first), MediaFormat.TIFF))
        .isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
  }

  @Test
  void aCleanApertureIsTheSize() throws IOException {
    Path file = write(new Heif().picture(400, 300, 1, Heif.crop(200, 100, 0, 0)).bytes());

    assertThat(probe.probe(file, MediaFormat.HEIC))
        .extracting(Probed::width, Probed::height)
        .containsExactly(100, 200);
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
    byte[] claim = concat(ints(Integer.MAX_VALUE), ascii("IHDR"));
    byte[] bytes = concat(Arrays.copyOf(png(5, 5), 33), claim, new byte[4]);
    assertThat(problem(bytes, MediaFormat.PNG)).isEqualTo(ProblemType.MEDIA_CORRUPT);
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
  void readsTheMainPictureOfAHeicAndItsRotation() throws IOException {
    Path grid = write(new Heif().grid(6, 8, 4032, 3024, 512, 512).bytes());
    assertThat(probe.probe(grid, MediaFormat.HEIC))
        .isEqualTo(new Probed(Modality.IMAGE, "image/heic", 4032, 3024, null, null));
    Path turned = write(new Heif().picture(4032, 3024, 3).picture(512, 512, 0).bytes());
    assertThat(probe.probe(turned, MediaFormat.HEIC))
        .isEqualTo(new Probed(Modality.IMAGE, "image/heic", 3024, 4032, null, null));
  }

  @ParameterizedTest
  @CsvSource({"PNG, picture.png", "WEBP, picture.webp"})
  void turnsOtherFormatsAsTheirExifSays(MediaFormat format, String file) throws IOException {
    byte[] exif = new Exif().number(Exif.ORIENTATION, 6).tiff();
    Path sample = Samples.named(file).in(folder);
    Path turned =
        format == MediaFormat.PNG
            ? Containers.pngWith(sample, "eXIf", exif)
            : Containers.riffWith(sample, "EXIF", exif);
    assertThat(probe.probe(turned, format))
        .extracting(Probed::width, Probed::height)
        .containsExactly(48, 64);
  }

  @Test
  void boxesOfImpossibleSizeAreCorrupt() throws IOException {
    byte[] ftyp = box("ftyp", ascii("heic\0\0\0\0mif1heic"));
    byte[] endless = concat(ftyp, ints(4), ascii("free"));
    assertThat(problem(endless, MediaFormat.HEIC)).isEqualTo(ProblemType.MEDIA_CORRUPT);
    byte[] wrapping = concat(ftyp, ints(1), ascii("mdat"), ints(0x7FFFFFFF, -1));
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

  private static byte[] png(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) 2);
    return concat(
        ascii("\u0089PNG\r\n\u001A\n"),
        pngChunk("IHDR", header.array()),
        pngChunk("IEND", new byte[0]));
  }

  private static byte[] exif(int orientation) {
    byte[] tiff = new Exif().number(Exif.ORIENTATION, orientation).tiff();
    ByteBuffer head = ByteBuffer.allocate(4).putShort((short) 0xFFE1);
    head.putShort((short) (2 + 6 + tiff.length));
    return concat(head.array(), ascii("Exif\0\0"), tiff);
  }

  private static byte[] insert(byte[] whole, int at, byte[] part) {
    return concat(Arrays.copyOf(whole, at), part, Arrays.copyOfRange(whole, at, whole.length));
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return bytes.array();
  }
}
