package org.touchstone.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.concat;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.riffWith;
import static org.touchstone.testing.media.Containers.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.testing.media.Exif;
import org.touchstone.testing.media.Samples;

class ExifBlocksTest {
  private static final byte[] PREFIX = ascii("Exif\0\0");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"JPEG, picture.jpg", "PNG, picture.png", "WEBP, picture.webp", "TIFF, -"})
  void readsTheOrientationOfEveryFormatThatHasOne(MediaFormat format, String file) {
    byte[] exif = tiff(6);
    Path turned =
        switch (format) {
          case JPEG -> jpegWith(sample(file), JpegSegments.APP1, PREFIX, exif);
          case PNG -> pngWith(sample(file), "eXIf", exif);
          case WEBP -> riffWith(sample(file), "EXIF", exif);
          default -> write(folder.resolve("picture.tiff"), exif);
        };

    assertThat(ExifBlocks.orientation(turned, format)).isEqualTo(Orientation.ROTATE_90);
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void knowsAllEight(Orientation orientation) {
    Path file = jpegWith(jpeg(), JpegSegments.APP1, PREFIX, tiff(orientation.ordinal() + 1));

    assertThat(ExifBlocks.orientation(file, MediaFormat.JPEG)).isEqualTo(orientation);
  }

  @ParameterizedTest
  @CsvSource({"0", "9", "65535"})
  void aValueThatMeansNothingIsUpright(int value) {
    Path file = jpegWith(jpeg(), JpegSegments.APP1, PREFIX, tiff(value));

    assertThat(ExifBlocks.orientation(file, MediaFormat.JPEG)).isEqualTo(Orientation.NORMAL);
  }

  @Test
  void aPictureWithoutExifIsUpright() {
    assertThat(ExifBlocks.orientation(jpeg(), MediaFormat.JPEG)).isEqualTo(Orientation.NORMAL);
    assertThat(ExifBlocks.orientation(sample("animation.gif"), MediaFormat.GIF))
        .isEqualTo(Orientation.NORMAL);
  }

  @Test
  void passesOverExifThatIsDamaged() {
    Path file = jpegWith(jpeg(), JpegSegments.APP1, PREFIX, tiff(3));
    jpegWith(file, JpegSegments.APP1, PREFIX, ascii("MM no TIFF at all"));

    assertThat(ExifBlocks.orientation(file, MediaFormat.JPEG)).isEqualTo(Orientation.ROTATE_180);
  }

  @Test
  void readsExifBehindBytesThatBelongToNoSegment() {
    Path file = jpegWith(jpeg(), JpegSegments.APP1, PREFIX, tiff(8));
    byte[] bytes = org.touchstone.testing.media.Containers.read(file);
    byte[] padded =
        concat(
            Arrays.copyOf(bytes, 2),
            new byte[10_000],
            new byte[] {-1, -1, -1},
            Arrays.copyOfRange(bytes, 2, bytes.length));

    assertThat(ExifBlocks.orientation(write(file, padded), MediaFormat.JPEG))
        .isEqualTo(Orientation.ROTATE_270);
  }

  @Test
  void readsTheSizeOfATiffOfEitherByteOrder() throws IOException {
    ByteBuffer big = ByteBuffer.allocate(38).put(ascii("MM\0*")).putInt(8).putShort((short) 2);
    big.putShort((short) 0x100)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 640)
        .putShort((short) 0);
    big.putShort((short) 0x101).putShort((short) 4).putInt(1).putInt(70_000);

    TiffDirectory directory = TiffDirectory.read(ByteSource.of(big.array()));

    assertThat(directory).isEqualTo(new TiffDirectory(640, 70_000, Orientation.NORMAL));
    assertThat(TiffDirectory.read(ByteSource.of(Samples.named("picture.tiff").bytes())))
        .isEqualTo(new TiffDirectory(64, 48, Orientation.NORMAL));
  }

  private static byte[] tiff(int orientation) {
    return new Exif().number(Exif.ORIENTATION, orientation).tiff();
  }

  private Path jpeg() {
    return sample("picture.jpg");
  }

  private Path sample(String file) {
    return Samples.named(file).in(folder);
  }
}
