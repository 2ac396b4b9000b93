package org.touchstone.detectors.decode;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.touchstone.testing.media.Containers.deflated;
import static org.touchstone.testing.media.Containers.write;
import static org.touchstone.testing.media.Tiff.Fields.picture;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageWriterSpi;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.domain.Reason;
import org.touchstone.testing.media.Samples;
import org.touchstone.testing.media.Tiff;

class TiffDecoderTest {
  private static final int DEFLATE = 8;
  private static final int HORIZONTAL = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsSixteenBitsWithPredictor(boolean little) {
    ByteOrder order = little ? LITTLE_ENDIAN : BIG_ENDIAN;
    int[] samples = {0x1000, 0x2000, 0x3000, 0x8000, 0x4000, 0xffff, 0x0100, 0x0200, 0xfe00};
    ByteBuffer rows = ByteBuffer.allocate(samples.length * 2).order(order);
    for (int i = 0; i < samples.length; i++) {
      rows.putShort((short) (samples[i] - (i < 3 ? 0 : samples[i - 3])));
    }
    Tiff.Fields fields =
        picture(3, 1, 3)
            .with(Tiff.BITS, 16, 16, 16)
            .with(Tiff.COMPRESSION, DEFLATE)
            .with(Tiff.PREDICTOR, HORIZONTAL);

    RgbImage decoded = decode(Tiff.classic(order).picture(fields, deflated(rows.array())));

    assertPixel(decoded, 0, 0x10, 0x20, 0x30);
    assertPixel(decoded, 1, 0x80, 0x40, 0xff);
    assertPixel(decoded, 2, 0x01, 0x02, 0xfe);
  }

  @Test
  void readsNumbersWithAFraction() {
    assertPixel(decode(floats(1, 0f, 0.5f, 1f)), 1, 128, 128, 128);
    assertPixel(decode(floats(3, 0f, 0.2f, 1f, 0.4f, 0.6f, 0.8f)), 1, 102, 153, 204);
  }

  @Test
  void numbersOutsideTheRangeAreBlackOrWhite() {
    RgbImage decoded = decode(floats(1, -3f, 0.5f, 7f));

    assertPixel(decoded, 0, 0, 0, 0);
    assertPixel(decoded, 1, 128, 128, 128);
    assertPixel(decoded, 2, 255, 255, 255);
  }

  @Test
  void samplesOfSixtyFourBitsAreRefusedByName() {
    byte[] tiff =
        Tiff.classic(BIG_ENDIAN).picture(picture(2, 1, 1).with(Tiff.BITS, 64), new byte[16]);

    assertThatThrownBy(() -> decode(tiff))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED));
  }

  @Test
  void readsThirtyTwoBits() {
    ByteBuffer rows = ByteBuffer.allocate(8).putInt(0x64ffffff).putInt(0xc8000000);
    byte[] tiff =
        Tiff.classic(BIG_ENDIAN).picture(picture(2, 1, 1).with(Tiff.BITS, 32), rows.array());

    assertThat(decode(tiff).sample(0, 0, 0)).isCloseTo(0x64, within(1));
    assertThat(decode(tiff).sample(1, 0, 0)).isCloseTo(0xc8, within(1));
  }

  @Test
  void readsLongOffsets() {
    byte[] rows = {10, 20, 30, 40, 50, 60};

    assertPixel(decode(Tiff.big(LITTLE_ENDIAN).picture(picture(2, 1, 3), rows)), 1, 40, 50, 60);
    assertPixel(decode(Tiff.big(BIG_ENDIAN).picture(picture(2, 1, 3), rows)), 1, 40, 50, 60);
  }

  @Test
  void readsPlanes() {
    Tiff.Fields fields = picture(2, 1, 3).with(Tiff.PLANAR, 2);
    byte[] tiff =
        Tiff.classic(LITTLE_ENDIAN)
            .picture(fields, new byte[] {10, 40}, new byte[] {20, 50}, new byte[] {30, 60});

    assertPixel(decode(tiff), 1, 40, 50, 60);
  }

  @Test
  void readsTiles() {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    long[] offsets = new long[2];
    for (int i = 0; i < offsets.length; i++) {
      byte[] tile = new byte[16 * 16];
      Arrays.fill(tile, (byte) (50 + i * 100));
      offsets[i] = tiff.put(tile);
    }
    Tiff.Fields fields =
        picture(20, 16, 1)
            .with(Tiff.TILE_WIDTH, 16)
            .with(Tiff.TILE_HEIGHT, 16)
            .with(Tiff.TILE_OFFSETS, offsets)
            .with(Tiff.TILE_BYTES, 256, 256);

    RgbImage decoded = decode(tiff.bytes(tiff.directory(fields, 0)));

    assertThat(decoded.width()).isEqualTo(20);
    assertPixel(decoded, 15, 50, 50, 50);
    assertPixel(decoded, 16, 150, 150, 150);
  }

  @Test
  void readsPrintersColours() {
    byte[] inks = {0, 0, 0, 0, 0, 0, 0, (byte) 255, (byte) 255, 0, 0, 0};
    byte[] tiff =
        Tiff.classic(LITTLE_ENDIAN).picture(picture(3, 1, 4).with(Tiff.PHOTOMETRIC, 5), inks);

    RgbImage decoded = decode(tiff);

    assertThat(decoded.sample(0, 0, 0)).isGreaterThan(240);
    assertThat(decoded.sample(1, 0, 1)).isLessThan(60);
    // Cyan ink leaves no red.
    assertThat(decoded.sample(2, 0, 0)).isLessThan(decoded.sample(2, 0, 2) - 80);
  }

  @Test
  void readsPalettes() {
    long[] map = new long[3 * 256];
    map[1] = 0x1000;
    map[256 + 1] = 0x8000;
    map[512 + 1] = 0xff00;
    Tiff.Fields fields = picture(2, 1, 1).with(Tiff.PHOTOMETRIC, 3).with(Tiff.COLOUR_MAP, map);

    assertPixel(
        decode(Tiff.classic(LITTLE_ENDIAN).picture(fields, new byte[] {0, 1})),
        1,
        0x10,
        0x80,
        0xff);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CCITT T.4", "CCITT T.6", "LZW", "PackBits", "Deflate"})
  void readsSingleBits(String compression) throws IOException {
    IndexColorModel blackAndWhite =
        new IndexColorModel(1, 2, new byte[] {0, -1}, new byte[] {0, -1}, new byte[] {0, -1});
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_BINARY, blackAndWhite);
    for (int x = 10; x < 30; x++) {
      image.getRaster().setSample(x, 7, 0, 1);
    }

    RgbImage decoded = new ImageDecoder(DecodeLimits.DEFAULT).decode(written(image, compression));

    assertThat(decoded.sample(20, 7, 0)).isEqualTo(255);
    assertThat(decoded.sample(20, 8, 0)).isZero();
    assertThat(decoded.sample(35, 7, 0)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "JPEG"})
  void readsColoursHoweverCompressed(String compression) throws IOException {
    BufferedImage image = new BufferedImage(48, 32, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 48 * 32; i++) {
      image.setRGB(i % 48, i / 48, 0x2080c0);
    }

    RgbImage decoded = new ImageDecoder(DecodeLimits.DEFAULT).decode(written(image, compression));

    assertThat(decoded.sample(20, 7, 0)).isCloseTo(0x20, within(4));
    assertThat(decoded.sample(20, 7, 1)).isCloseTo(0x80, within(4));
    assertThat(decoded.sample(20, 7, 2)).isCloseTo(0xc0, within(4));
  }

  @Test
  void readsStripsOfWebp() {
    byte[] webp = Samples.named("picture.webp").bytes();
    RgbImage alone =
        new ImageDecoder(DecodeLimits.DEFAULT).decode(Samples.named("picture.webp").in(folder));
    Tiff.Fields fields =
        picture(64, 96, 3).with(Tiff.COMPRESSION, 50001).with(Tiff.ROWS_PER_STRIP, 48);

    RgbImage decoded = decode(Tiff.classic(LITTLE_ENDIAN).picture(fields, webp, webp));

    assertThat(decoded.height()).isEqualTo(96);
    for (int c = 0; c < RgbImage.CHANNELS; c++) {
      assertThat(decoded.sample(5, 5, c)).isCloseTo(alone.sample(5, 5, c), within(12));
      assertThat(decoded.sample(5, 53, c)).isEqualTo(decoded.sample(5, 5, c));
    }
  }

  @Test
  void turnsAPictureUpright() {
    Tiff.Fields fields = picture(2, 1, 1).with(Tiff.ORIENTATION, 6);

    RgbImage decoded = decode(Tiff.classic(LITTLE_ENDIAN).picture(fields, new byte[] {10, 20}));

    assertThat(decoded.width()).isEqualTo(1);
    assertThat(decoded.sample(0, 1, 0)).isEqualTo(20);
  }

  @Test
  void looksAtTheLargestPreviewOfARawPhotograph() {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    byte[] jpeg = Samples.named("picture.jpg").bytes();
    long sensor =
        tiff.directory(
            tiff.strips(picture(128, 96, 1).with(Tiff.PHOTOMETRIC, 32803), new byte[10]), 0);
    long preview =
        tiff.directory(tiff.strips(picture(64, 48, 3).with(Tiff.COMPRESSION, 7), jpeg), 0);
    Tiff.Fields thumbnail =
        picture(8, 6, 3).with(Tiff.ORIENTATION, 6).with(Tiff.SUB_DIRECTORIES, sensor, preview);
    byte[] raw = tiff.bytes(tiff.directory(tiff.strips(thumbnail, new byte[8 * 6 * 3]), 0));

    RgbImage decoded = decode(raw);

    assertThat(decoded.width()).isEqualTo(48);
    assertThat(decoded.height()).isEqualTo(64);
  }

  @Test
  void saysWhyARawPhotographWithAThumbnailOnlyIsNotJudged() {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    long sensor =
        tiff.directory(
            tiff.strips(picture(6000, 4000, 1).with(Tiff.PHOTOMETRIC, 32803), new byte[10]), 0);
    Tiff.Fields thumbnail = picture(160, 120, 3).with(Tiff.SUB_DIRECTORIES, sensor);
    byte[] raw = tiff.bytes(tiff.directory(tiff.strips(thumbnail, new byte[160 * 120 * 3]), 0));

    assertThatThrownBy(() -> decode(raw))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNSUPPORTED))
        .hasMessageContaining("raw photograph");
  }

  @Test
  void keepsTheRowsThatAreThere() {
    Tiff tiff = Tiff.classic(LITTLE_ENDIAN);
    Tiff.Fields fields =
        picture(10, 40, 1)
            .with(Tiff.ROWS_PER_STRIP, 10)
            .with(Tiff.STRIP_OFFSETS, 1000, 1100, 1200, 1300)
            .with(Tiff.STRIP_BYTES, 100, 100, 100, 100);
    byte[] file = Arrays.copyOf(tiff.bytes(tiff.directory(fields, 0)), 1400);
    Arrays.fill(file, 1000, 1400, (byte) 77);

    RgbImage decoded = decode(Arrays.copyOf(file, 1255));

    assertThat(decoded.height()).isBetween(20, 25);
    assertThat(decoded.sample(9, decoded.height() - 1, 0)).isEqualTo(77);
    assertThatThrownBy(() -> decode(Arrays.copyOf(file, 1150)))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("most of it is missing");
  }

  @Test
  void refusesTooManyPixels() {
    byte[] tiff = Tiff.big(LITTLE_ENDIAN).picture(picture(60_000, 60_000, 1), new byte[10]);

    assertThatThrownBy(() -> decode(tiff))
        .isInstanceOfSatisfying(
            DetectionException.class,
            e -> assertThat(e.reason()).isIn(Reason.UNSUPPORTED, Reason.CORRUPT));
  }

  @Test
  void readsLargePicturesOfFractionsAtAFractionOfTheirResolution() {
    DecodeLimits limits = new DecodeLimits(1, 1_000_000, 4_000, 4_000, Duration.ofSeconds(10));
    ByteBuffer rows = ByteBuffer.allocate(100 * 100 * 3 * Float.BYTES);
    for (int i = 0; i < 100 * 100 * 3; i++) {
      rows.putFloat(i / 300 / 100f);
    }
    Tiff.Fields fields =
        picture(100, 100, 3).with(Tiff.BITS, 32, 32, 32).with(Tiff.SAMPLE_FORMAT, 3, 3, 3);
    Path file =
        write(folder.resolve("wide.tif"), Tiff.classic(BIG_ENDIAN).picture(fields, rows.array()));

    RgbImage decoded = new ImageDecoder(limits).decode(file);

    assertThat(decoded.width()).isEqualTo(50);
    assertThat(decoded.height()).isEqualTo(50);
    for (int y = 0; y < 50; y++) {
      // The mean of two rows.
      assertThat(decoded.sample(49, y, 2) / 255.0)
          .isCloseTo((2 * y + 0.5) / 100, within(1 / 255.0));
    }
  }

  private byte[] floats(int samples, float... values) {
    ByteBuffer rows = ByteBuffer.allocate(values.length * Float.BYTES);
    for (float value : values) {
      rows.putFloat(value);
    }
    long[] bits = new long[samples];
    long[] formats = new long[samples];
    Arrays.fill(bits, Float.SIZE);
    Arrays.fill(formats, 3);
    Tiff.Fields fields =
        picture(values.length / samples, 1, samples)
            .with(Tiff.BITS, bits)
            .with(Tiff.SAMPLE_FORMAT, formats);
    return Tiff.classic(BIG_ENDIAN).picture(fields, rows.array());
  }

  private Path written(BufferedImage image, String compression) throws IOException {
    Path file = folder.resolve("written.tif");
    ImageWriter writer = new TIFFImageWriterSpi().createWriterInstance(null);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionType(compression);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return file;
  }

  private RgbImage decode(byte[] tiff) {
    return new ImageDecoder(DecodeLimits.DEFAULT).decode(write(folder.resolve("file.tif"), tiff));
  }

  private static void assertPixel(RgbImage image, int x, int red, int green, int blue) {
    assertThat(new int[] {image.sample(x, 0, 0), image.sample(x, 0, 1), image.sample(x, 0, 2)})
        .containsExactly(red, green, blue);
  }
}
