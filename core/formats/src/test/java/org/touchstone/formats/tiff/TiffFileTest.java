package org.touchstone.formats.tiff;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.testing.media.Tiff.Fields.picture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.formats.ByteSource;
import org.touchstone.formats.FormatException;
import org.touchstone.formats.Orientation;
import org.touchstone.formats.PixelSize;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Tiff;

class TiffFileTest {

  static Stream<Tiff> files() {
    return Stream.of(
        Tiff.classic(LITTLE_ENDIAN),
        Tiff.classic(BIG_ENDIAN),
        Tiff.big(LITTLE_ENDIAN),
        Tiff.big(BIG_ENDIAN));
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsThePictureOfEveryKindOfFile(Tiff tiff) throws IOException {
    byte[] bytes =
        tiff.picture(picture(30, 20, 3).with(Tiff.ORIENTATION, 6), new byte[30 * 20 * 3]);

    TiffPicture main = read(bytes).main();

    assertThat(main.size()).isEqualTo(new PixelSize(30, 20));
    assertThat(main.orientation()).isEqualTo(Orientation.ROTATE_90);
    assertThat(main.isWhole()).isTrue();
    assertThat(read(bytes).isRaw()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("files")
  void extractsAPictureAsAFileOfItsOwn(Tiff tiff) throws IOException {
    byte[] bytes = tiff.picture(picture(3, 2, 1), new byte[] {1, 2, 3}, new byte[] {4, 5, 6});
    TiffExtract extract = read(bytes).main().extract();

    int end = bytes.length + (int) extract.gap();
    byte[] alone = Arrays.copyOf(bytes, end + extract.end().length);
    System.arraycopy(extract.start(), 0, alone, 0, extract.start().length);
    System.arraycopy(extract.end(), 0, alone, end, extract.end().length);

    TiffPicture again = read(alone).main();
    assertThat(again.size()).isEqualTo(new PixelSize(3, 2));
    assertThat(again.parts()).isEqualTo(read(bytes).main().parts());
    assertThat(ByteBuffer.wrap(alone).get(2) + ByteBuffer.wrap(alone).get(3)).isEqualTo(42);
  }

  @Test
  void theFirstPageThatIsNotReducedCounts() throws IOException {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    long large = tiff.directory(tiff.strips(picture(50, 50, 1), new byte[2500]), 0);
    long page = tiff.directory(tiff.strips(picture(40, 30, 1), new byte[1200]), large);
    long thumbnail =
        tiff.directory(
            tiff.strips(picture(4, 3, 1).with(Tiff.SUBFILE_TYPE, 1), new byte[12]), page);

    assertThat(read(tiff.bytes(thumbnail)).main().size()).isEqualTo(new PixelSize(40, 30));
  }

  @Test
  void ofARawPhotographTheLargestPreviewCounts() throws IOException {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    byte[] raw = raw(tiff, 60, 40, new PixelSize(160, 120), new PixelSize(1600, 1200));

    assertThat(read(raw).isRaw()).isTrue();
    assertThat(read(raw).main().size()).isEqualTo(new PixelSize(1600, 1200));
    // It is shown as the photograph is.
    assertThat(read(raw).main().orientation()).isEqualTo(Orientation.ROTATE_270);
  }

  @Test
  void aPreviewMayBeAWholeJpeg() throws IOException {
    byte[] jpeg = Samples.named("picture.jpg").bytes();
    Tiff tiff = Tiff.classic(BIG_ENDIAN);
    long preview =
        tiff.directory(
            new Tiff.Fields()
                .with(Tiff.COMPRESSION, 6)
                .typed(513, Tiff.LONG, tiff.put(jpeg))
                .typed(514, Tiff.LONG, jpeg.length),
            0);
    long first =
        tiff.directory(
            tiff.strips(
                picture(100, 90, 1)
                    .with(Tiff.PHOTOMETRIC, 32803)
                    .with(Tiff.SUB_DIRECTORIES, preview),
                new byte[9000]),
            0);

    TiffPicture main = read(tiff.bytes(first)).main();

    assertThat(main.size()).isEqualTo(new PixelSize(64, 48));
    assertThat(main.jpeg()).isPresent();
  }

  @Test
  void aRawPhotographWithAThumbnailOnlyIsRefused() {
    byte[] raw = raw(Tiff.classic(LITTLE_ENDIAN), 6000, 4000, new PixelSize(160, 120));

    assertThatThrownBy(() -> read(raw).main())
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED);
              assertThat(e.problem().detail()).contains("raw photograph");
            });
  }

  @Test
  void losslessJpegOfASensorIsNoPreview() {
    byte[] jpeg = Samples.named("picture.jpg").bytes();
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        jpeg[i + 1] = (byte) 0xc3;
      }
    }
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    byte[] canon =
        tiff.picture(
            picture(100, 90, 1).with(Tiff.COMPRESSION, 6).with(Tiff.PHOTOMETRIC, 32803), jpeg);

    assertThatThrownBy(() -> read(canon).main()).isInstanceOf(ProblemException.class);
  }

  @Test
  void compressionsThatNobodyReadsAreRefused() {
    byte[] zstd =
        Tiff.classic(LITTLE_ENDIAN)
            .picture(picture(3, 2, 1).with(Tiff.COMPRESSION, 50000), new byte[6]);

    assertThatThrownBy(() -> read(zstd).main())
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.MEDIA_UNSUPPORTED));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loopsOfDirectoriesEnd(boolean big) throws IOException {
    Tiff tiff = big ? Tiff.big(LITTLE_ENDIAN) : Tiff.classic(LITTLE_ENDIAN);
    Tiff.Fields fields = tiff.strips(picture(3, 2, 1), new byte[6]);
    // The directory's only long value is its sub-directory: itself, once its place is known.
    long at = tiff.directory(fields.with(Tiff.SUB_DIRECTORIES, 0), 0);
    byte[] bytes = tiff.bytes(at);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int word = big ? 8 : 4;
    int entries = big ? (int) file.getLong((int) at) : file.getShort((int) at);
    int last = (int) at + (big ? 8 : 2) + (entries - 1) * (4 + 2 * word) + 4 + word;
    int next = last + word;
    file.putInt(last, (int) at).putInt(next, (int) at);

    assertThat(read(bytes).main().size()).isEqualTo(new PixelSize(3, 2));
  }

  @Test
  void thousandsOfDirectoriesAreNotAllRead() throws IOException {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    Tiff.Fields fields = tiff.strips(picture(3, 2, 1), new byte[6]);
    long next = 0;
    for (int i = 0; i < 10_000; i++) {
      next = tiff.directory(fields, next);
    }
    byte[] bytes = tiff.bytes(next);
    assertThat(read(bytes).main().size()).isEqualTo(new PixelSize(3, 2));
  }

  @Test
  void stripsAreCountedOverAllDirectories() throws IOException {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    long[] many = new long[600_000];
    long second =
        tiff.directory(
            picture(40, 30, 1).with(Tiff.STRIP_OFFSETS, many).with(Tiff.STRIP_BYTES, 1), 0);
    long first =
        tiff.directory(
            picture(3, 2, 1)
                .with(Tiff.SUBFILE_TYPE, 1)
                .with(Tiff.STRIP_OFFSETS, many)
                .with(Tiff.STRIP_BYTES, 1),
            second);

    assertThat(read(tiff.bytes(second)).main().size()).isEqualTo(new PixelSize(40, 30));
    // The page that counts is beyond what a file may have in all.
    assertThat(read(tiff.bytes(first)).main().size()).isEqualTo(new PixelSize(3, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 18})
  void offsetsOfATypeThatHasNoneAreRefused(int type) {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    Tiff.Fields fields =
        picture(2, 2, 1).typed(Tiff.STRIP_OFFSETS, type, 8, 8, 8, 8).with(Tiff.STRIP_BYTES, 1);
    byte[] bytes = tiff.bytes(tiff.directory(fields, 0));

    assertThatThrownBy(() -> read(bytes).main()).isInstanceOf(FormatException.class);
  }

  @Test
  void claimsOfBillionsOfValuesAreNotBelieved() {
    ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {'I', 'I', 43, 0, 8, 0, 0, 0}).putLong(16);
    bytes.putLong(0x7fffffffffffL);

    assertThatThrownBy(() -> read(bytes.array())).isInstanceOf(FormatException.class);
    bytes.putLong(16, 1).putShort((short) 273).putShort((short) 16).putLong(1L << 60).putLong(0);
    assertThatThrownBy(() -> read(bytes.array()).main()).isInstanceOf(FormatException.class);
  }

  @Test
  void tilesAndRowsThatNobodyCouldAllocateAreRefused() {
    Tiff.Fields tile =
        picture(100, 100, 4)
            .typed(Tiff.TILE_WIDTH, Tiff.LONG, 60_000)
            .typed(Tiff.TILE_HEIGHT, Tiff.LONG, 60_000)
            .with(Tiff.TILE_OFFSETS, 8)
            .with(Tiff.TILE_BYTES, 100);
    Tiff.Fields row = picture(1, 1, 4).typed(Tiff.WIDTH, Tiff.LONG, 60_000_000);
    Tiff.Fields samples = picture(10, 10, 1).with(Tiff.SAMPLES, 60_000);

    for (Tiff.Fields fields : new Tiff.Fields[] {tile, row, samples}) {
      byte[] bytes = Tiff.classic(LITTLE_ENDIAN).picture(fields, new byte[100]);
      assertThatThrownBy(() -> read(bytes).main()).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aFileWithoutPicturesIsDamaged() {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    byte[] bytes = tiff.bytes(tiff.directory(new Tiff.Fields().with(Tiff.ORIENTATION, 1), 0));

    assertThatThrownBy(() -> read(bytes).main()).isInstanceOf(FormatException.class);
  }

  /** A photograph with previews, the first of them in the first directory, as cameras do. */
  private static byte[] raw(Tiff tiff, int width, int height, PixelSize... previews) {
    long sensor =
        tiff.directory(
            tiff.strips(picture(width, height, 1).with(Tiff.PHOTOMETRIC, 32803), new byte[10]), 0);
    long[] children = new long[previews.length];
    children[0] = sensor;
    for (int i = 1; i < previews.length; i++) {
      int bytes = previews[i].width() * previews[i].height();
      children[i] =
          tiff.directory(
              tiff.strips(picture(previews[i].width(), previews[i].height(), 1), new byte[bytes]),
              0);
    }
    PixelSize first = previews[0];
    Tiff.Fields fields =
        picture(first.width(), first.height(), 1)
            .with(Tiff.SUBFILE_TYPE, 1)
            .with(Tiff.ORIENTATION, 8)
            .with(Tiff.SUB_DIRECTORIES, children);
    return tiff.bytes(
        tiff.directory(tiff.strips(fields, new byte[first.width() * first.height()]), 0));
  }

  private static TiffFile read(byte[] bytes) throws IOException {
    return TiffFile.read(ByteSource.of(bytes));
  }
}
