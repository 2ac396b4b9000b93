package org.touchstone.formats.completeness;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.deflated;
import static org.touchstone.testing.media.Containers.pngChunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.MediaFormat;
import org.touchstone.testing.media.Heif;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Samples.Sample;
import org.touchstone.testing.media.Tiff;

class CompletenessTest {
  @TempDir Path folder;

  static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void realFilesAreWhole(Sample sample) throws IOException {
    assertThat(of(sample.bytes(), MediaFormat.valueOf(sample.format())))
        .isEqualTo(Completeness.WHOLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "picture.png",
        "animation.gif",
        "picture.webp",
        "lossless.webp",
        "animation.webp",
        "picture.avif",
        "picture.heic",
        "picture.bmp",
        "video.avi",
        "sound.wav",
        "sound.aiff",
        "video.mkv",
        "video.webm",
        "sound.caf",
        "video.wmv"
      })
  void aFileWithoutItsLastBytesIsNotWhole(String name) throws IOException {
    Sample sample = Samples.named(name);
    byte[] bytes = sample.bytes();
    // The last thing in WMV is an index, which nobody needs.
    int left = name.endsWith("wmv") ? bytes.length / 2 : bytes.length - 40;

    assertThat(of(Arrays.copyOf(bytes, left), MediaFormat.valueOf(sample.format())).isWhole())
        .isFalse();
  }

  @Test
  void aJpegWithoutItsEndMarkerIsNotWhole() throws IOException {
    byte[] bytes = Samples.named("picture.jpg").bytes();

    Completeness found = of(Arrays.copyOf(bytes, bytes.length - 2), MediaFormat.JPEG);

    assertThat(found.isWhole()).isFalse();
    assertThat(found.isMostThere()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"picture.jpg", "picture.png", "picture.webp", "picture.avif", "picture.bmp"})
  void aThirdOfAPictureIsNotMostOfIt(String name) throws IOException {
    Sample sample = Samples.named(name);
    byte[] bytes = sample.bytes();

    Completeness found =
        of(Arrays.copyOf(bytes, bytes.length / 3), MediaFormat.valueOf(sample.format()));

    assertThat(found.isMostThere()).isFalse();
  }

  @Test
  void aPngIsMeasuredInRows() throws IOException {
    byte[] rows = deflated(noise(100 * 101));
    byte[] header = ByteBuffer.allocate(13).putInt(100).putInt(100).put((byte) 8).array();
    byte[] start =
        concat(ascii("\u0089PNG\r\n\u001A\n"), pngChunk("IHDR", header), pngChunk("IDAT", rows));

    assertThat(of(start, MediaFormat.PNG).isMostThere()).isTrue();
    int idat = 33 + 8;
    Completeness third = of(Arrays.copyOf(start, idat + rows.length / 3), MediaFormat.PNG);
    assertThat(third.share()).isCloseTo(1 / 3.0, within(0.05));
  }

  @Test
  void aPngThatInflatesWithoutEndIsNotInflatedFurtherThanNeeded() throws IOException {
    byte[] header = ByteBuffer.allocate(13).putInt(100).putInt(100).put((byte) 8).array();
    byte[] bomb =
        concat(
            ascii("\u0089PNG\r\n\u001A\n"),
            pngChunk("IHDR", header),
            pngChunk("IDAT", deflated(new byte[200 << 20])));

    assertThat(of(bomb, MediaFormat.PNG).isMostThere()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"grid, 0", "iden, 1", "tmap, 1", "iden, 3"})
  void aPictureThatIsAGridIsMeasuredInRowsHoweverItIsNamed(String type, int times)
      throws IOException {
    Heif heif = new Heif().grid(4, 2, 1000, 2000, 512, 512);
    for (int i = 0; i < times; i++) {
      heif.derived(type, 1000, 2000, 9 + i);
    }
    byte[] whole = heif.bytes();
    byte[] threeRows = withTilesThatAreMissing(whole, 2);
    byte[] oneRow = withTilesThatAreMissing(whole, 6);

    assertThat(of(whole, MediaFormat.HEIC)).isEqualTo(Completeness.WHOLE);
    assertThat(of(threeRows, MediaFormat.HEIC).share()).isEqualTo(0.75);
    assertThat(of(oneRow, MediaFormat.HEIC).share()).isEqualTo(0.25);
    assertThat(of(oneRow, MediaFormat.HEIC).isMostThere()).isFalse();
  }

  /** A grid of eight tiles, of which the last ones are said to lie behind the end. */
  private static byte[] withTilesThatAreMissing(byte[] grid, int missing) {
    byte[] bytes = grid.clone();
    int locations = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("iloc") + 4 + 4 + 2 + 2;
    for (int tile = 8 - missing; tile < 8; tile++) {
      // Number, file, count of parts; then where the part lies, and its length.
      ByteBuffer.wrap(bytes).putInt(locations + tile * 14 + 6, bytes.length);
    }
    return bytes;
  }

  @Test
  void aPictureThatIsDerivedFromItselfIsDamaged() {
    byte[] loop = new Heif().picture(64, 48, 0).derived("iden", 64, 48, 2).bytes();

    assertThatThrownBy(() -> of(Arrays.copyOf(loop, loop.length - 10), MediaFormat.HEIC))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void aTiffIsMeasuredInStrips() throws IOException {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    Tiff.Fields fields = Tiff.Fields.picture(10, 40, 1).with(Tiff.ROWS_PER_STRIP, 10);
    // The directory comes first, so a cut takes strips.
    fields
        .with(Tiff.STRIP_OFFSETS, 1000, 1100, 1200, 1300)
        .with(Tiff.STRIP_BYTES, 100, 100, 100, 100);
    byte[] bytes = Arrays.copyOf(tiff.bytes(tiff.directory(fields, 0)), 1400);

    assertThat(of(bytes, MediaFormat.TIFF)).isEqualTo(Completeness.WHOLE);
    assertThat(of(Arrays.copyOf(bytes, 1250), MediaFormat.TIFF).share())
        .isCloseTo(0.625, within(0.001));
  }

  @ParameterizedTest
  @CsvSource({"8, -1", "-1, 8", "9223372036854775807, 8", "8, -9223372036854775808"})
  void aTiffWhoseStripsCannotBeIsDamaged(long offset, long length) {
    Tiff tiff = Tiff.big(LITTLE_ENDIAN);
    Tiff.Fields fields =
        Tiff.Fields.picture(10, 10, 1)
            .typed(Tiff.STRIP_OFFSETS, 16, offset)
            .typed(Tiff.STRIP_BYTES, 16, length);
    byte[] bytes = tiff.bytes(tiff.directory(fields, 0));

    assertThatThrownBy(() -> of(bytes, MediaFormat.TIFF)).isInstanceOf(FormatException.class);
  }

  @Test
  void aProgressiveJpegNeedsAScanOfDetails() throws IOException {
    byte[] progressive = progressive();

    assertThat(of(progressive, MediaFormat.JPEG)).isEqualTo(Completeness.WHOLE);
    int[] scans = scans(progressive);
    assertThat(of(Arrays.copyOf(progressive, scans[3]), MediaFormat.JPEG).isMostThere()).isTrue();
    assertThat(of(Arrays.copyOf(progressive, scans[1]), MediaFormat.JPEG).isMostThere()).isFalse();
  }

  @Test
  void aJpegWithoutAPictureIsDamaged() {
    byte[] bytes = Arrays.copyOf(Samples.named("picture.jpg").bytes(), 100);
    assertThatThrownBy(() -> of(bytes, MediaFormat.JPEG)).isInstanceOf(FormatException.class);
  }

  @Test
  void wavBehindTagsIsWholeUntilItIsCut() throws IOException {
    byte[] wav = Samples.named("sound.wav").bytes();
    byte[] tagged = new byte[64 + wav.length];
    ByteBuffer.wrap(tagged)
        .put("APETAGEX".getBytes(StandardCharsets.ISO_8859_1))
        .putInt(Integer.reverseBytes(2000))
        .putInt(Integer.reverseBytes(32))
        .put(64, wav);

    assertThat(of(tagged, MediaFormat.WAV)).isEqualTo(Completeness.WHOLE);
    assertThat(of(Arrays.copyOf(tagged, tagged.length - 100), MediaFormat.WAV))
        .isEqualTo(Completeness.CUT_OFF);
  }

  @Test
  void recordingsOfUnknownLengthAreWhole() throws IOException {
    byte[] wav = Samples.named("sound.wav").bytes();
    for (int length : new int[] {0, -1}) {
      ByteBuffer.wrap(wav).putInt(4, length);
      assertThat(of(wav, MediaFormat.WAV)).isEqualTo(Completeness.WHOLE);
    }
  }

  /** A frame header and scans as encoders write them; what they hold does not matter here. */
  private static byte[] progressive() {
    byte[] frame = {(byte) 0xff, (byte) 0xc2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0};
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0, 1, 2, 3, 4};
    byte[] start = {(byte) 0xff, (byte) 0xd8};
    byte[] end = {(byte) 0xff, (byte) 0xd9};
    return concat(start, frame, scan, scan, scan, scan, end);
  }

  private static int[] scans(byte[] jpeg) {
    int[] starts = new int[4];
    int found = 0;
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xda) {
        starts[found++] = i + 5;
      }
    }
    return starts;
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(1).nextBytes(bytes);
    return bytes;
  }

  private Completeness of(byte[] bytes, MediaFormat format) throws IOException {
    return Completeness.of(Files.write(folder.resolve("file"), bytes), format);
  }
}
