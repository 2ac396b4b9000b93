package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.touchstone.testing.media.Containers.ascii;
import static org.touchstone.testing.media.Containers.deflated;
import static org.touchstone.testing.media.Containers.jpegWith;
import static org.touchstone.testing.media.Containers.pngWith;
import static org.touchstone.testing.media.Containers.riffWith;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.FileImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.detectors.testing.VideoWriter;
import org.touchstone.testing.media.Exif;

class ImageDecoderTest {

  private static final byte[] EXIF = ascii("Exif\0\0");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void keepsTheSamplesOfLosslessFormats(String format) throws IOException {
    BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_INT_RGB);
    image.setRGB(4, 2, 0x10c0f0);
    Path file = folder.resolve("picture." + format);
    ImageIO.write(image, format, file.toFile());

    RgbImage decoded = decode(file);

    assertThat(decoded.width()).isEqualTo(5);
    assertThat(decoded.height()).isEqualTo(3);
    assertPixel(decoded, 4, 2, 0x10, 0xc0, 0xf0);
    assertPixel(decoded, 0, 0, 0, 0, 0);
  }

  @Test
  void doesNotBrightenGrey() throws IOException {
    BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(1, 1, 0, 100);

    assertPixel(decode(png(grey)), 1, 1, 100, 100, 100);
  }

  @Test
  void keepsTheHighBitsOfSixteen() throws IOException {
    BufferedImage grey = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    grey.getRaster().setSample(1, 1, 0, 0x64ff);
    ComponentColorModel deep =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = deep.createCompatibleWritableRaster(4, 4);
    raster.setPixel(2, 1, new int[] {0x1234, 0x8000, 0xffff});

    assertPixel(decode(png(grey)), 1, 1, 0x64, 0x64, 0x64);
    assertPixel(decode(png(new BufferedImage(deep, raster, false, null))), 2, 1, 0x12, 0x80, 0xff);
  }

  @Test
  void showsWhatIsTransparentAsWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xff0a141e);
    image.setRGB(1, 0, 0x80000000);
    image.setRGB(2, 0, 0x00ff0000);

    RgbImage decoded = decode(png(image));

    assertPixel(decoded, 0, 0, 10, 20, 30);
    assertPixel(decoded, 1, 0, 127, 127, 127);
    assertPixel(decoded, 2, 0, 255, 255, 255);
  }

  @Test
  void readsPalettesAndSingleBits() throws IOException {
    byte[] reds = {0, (byte) 200};
    byte[] greens = {0, 100};
    byte[] blues = {0, 50};
    IndexColorModel palette = new IndexColorModel(1, 2, reds, greens, blues);
    BufferedImage image = new BufferedImage(9, 2, BufferedImage.TYPE_BYTE_BINARY, palette);
    image.getRaster().setSample(8, 1, 0, 1);

    RgbImage decoded = decode(png(image));

    assertPixel(decoded, 8, 1, 200, 100, 50);
    assertPixel(decoded, 0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", "2, 1, 0", "3, 1, 1", "4, 0, 1", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"
  })
  void appliesTheOrientationOfExif(int orientation, int right, int bottom) throws IOException {
    BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 32; x++) {
        image.setRGB(x, y, 0xffffff);
      }
    }
    Path file = folder.resolve("turned.jpg");
    ImageIO.write(image, "jpeg", file.toFile());
    jpegWith(file, 0xe1, EXIF, new Exif().number(Exif.ORIENTATION, orientation).tiff());

    RgbImage decoded = decode(file);

    boolean sideways = orientation >= 5;
    assertThat(decoded.width()).isEqualTo(sideways ? 32 : 64);
    int x = right == 1 ? decoded.width() - 5 : 4;
    int y = bottom == 1 ? decoded.height() - 5 : 4;
    assertThat(decoded.sample(x, y, 0)).isGreaterThan(240);
    assertThat(decoded.sample(decoded.width() - 1 - x, decoded.height() - 1 - y, 0)).isLessThan(15);
  }

  @ParameterizedTest
  @CsvSource({"0, 255, 0, 0", "2, 179, 171, 0"})
  void convertsTheInksOfCmykAndYcckJpegs(int transform, int first, int second, int third)
      throws IOException {
    // Adobe stores inks inverted, so this is 0 cyan, full magenta, full yellow, 0 black: red.
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, new int[] {first, second, third, 255});
    }
    Path file = folder.resolve("inks.jpg");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(new IIOImage(raster, null, null));
    } finally {
      writer.dispose();
    }
    jpegWith(file, 0xee, ascii("Adobe"), new byte[] {0, 100, 0, 0, 0, 0, (byte) transform});

    RgbImage decoded = decode(file);

    assertThat(decoded.sample(8, 8, 0)).isGreaterThan(180);
    assertThat(decoded.sample(8, 8, 1)).isLessThan(90);
    assertThat(decoded.sample(8, 8, 2)).isLessThan(90);
  }

  /** A phone's 108 or 200 megapixels, in proportion. */
  @ParameterizedTest
  @CsvSource({"1, 200, 100", "2, 100, 50", "3, 100, 50", "9, 50, 25", "40, 25, 13"})
  void averagesThePixelsOfLargeJpegs(int times, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 100; y++) {
      for (int x = 0; x < 200; x++) {
        // Lines one pixel wide: leaving out pixels would make them black or white.
        image.setRGB(x, y, x % 2 == 0 ? 0xffffff : 0x000000);
      }
    }
    Path file = folder.resolve("large.jpg");
    ImageIO.write(image, "jpeg", file.toFile());
    DecodeLimits limits =
        new DecodeLimits(1, 200 * 100, 200 * 100 / times, 1000, Duration.ofSeconds(10));

    RgbImage decoded = new ImageDecoder(limits).decode(file);

    assertThat(decoded.width()).isEqualTo(width);
    assertThat(decoded.height()).isEqualTo(height);
    if (times > 1) {
      assertThat(decoded.sample(decoded.width() / 2, decoded.height() / 2, 1)).isBetween(90, 165);
    }
  }

  @Test
  void takesTheFirstPictureOfAnAnimatedGif() throws IOException {
    Path file = folder.resolve("animated.gif");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int rgb : new int[] {0xff0000, 0x0000ff}) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 8, 8, filled(64, rgb), 0, 8);
        IIOMetadata none = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        writer.writeToSequence(new IIOImage(image, null, none), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }

    assertPixel(decode(file), 4, 4, 255, 0, 0);
  }

  /** An animated PNG is a PNG whose further pictures lie in chunks of their own. */
  @Test
  void takesTheFirstPictureOfAnAnimatedPng() throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 8, 8, filled(64, 0x00ff00), 0, 8);
    Path file = folder.resolve("animated.png");
    ImageIO.write(image, "png", file.toFile());
    byte[] size = {0, 0, 0, 8, 0, 0, 0, 8};
    byte[] fully = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0};
    byte[] blue = new byte[8 * (1 + 8 * 3)];
    for (int i = 3; i < blue.length; i += 25) {
      for (int x = 0; x < 8; x++) {
        blue[i + 3 * x] = (byte) 255;
      }
    }
    pngWith(file, "fdAT", new byte[] {0, 0, 0, 2}, deflated(blue));
    pngWith(file, "fcTL", new byte[] {0, 0, 0, 1}, size, fully);
    pngWith(file, "fcTL", new byte[] {0, 0, 0, 0}, size, fully);
    pngWith(file, "acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0});

    assertPixel(decode(file), 4, 4, 0, 255, 0);
  }

  @Test
  void readsStillAndAnimatedWebp() {
    VideoSettings settings = VideoSettings.h264(64, 48).withCodec("libwebp", "yuv420p");
    Path still =
        TestMedia.video(
            folder.resolve("still.webp"), settings, 1, n -> TestMedia.plain(64, 48, 200, 30, 60));
    Path animated =
        TestMedia.video(
            folder.resolve("animated.webp"),
            settings.withCodec("libwebp_anim", "yuv420p"),
            3,
            n -> TestMedia.plain(64, 48, n == 0 ? 200 : 0, 30, 60));

    assertClose(decode(still), 200, 30, 60);
    assertClose(decode(animated), 200, 30, 60);
  }

  @Test
  void showsWhatIsTransparentInWebpAsWhite() {
    Path file = folder.resolve("alpha.webp");
    byte[] pixels = new byte[32 * 32 * 4];
    try (VideoWriter writer =
        new VideoWriter(file, VideoSettings.h264(32, 32).withCodec("libwebp", "bgra"))) {
      writer.frame(0, 32, 32, pixels);
    }

    assertPixel(decode(file), 16, 16, 255, 255, 255);
  }

  @Test
  void appliesTheOrientationOfWebp() {
    VideoSettings settings = VideoSettings.h264(64, 48).withCodec("libwebp", "yuv420p");
    Path file =
        TestMedia.video(
            folder.resolve("turned.webp"), settings, 1, n -> TestMedia.plain(64, 48, 9, 9, 9));
    riffWith(file, "EXIF", new Exif().number(Exif.ORIENTATION, 6).tiff());

    assertThat(decode(file).width()).isEqualTo(48);
  }

  private static RgbImage decode(Path file) {
    return new ImageDecoder(DecodeLimits.DEFAULT).decode(file);
  }

  private Path png(BufferedImage image) throws IOException {
    Path file = Files.createTempFile(folder, "picture", ".png");
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  private static int[] filled(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }

  private static void assertPixel(RgbImage image, int x, int y, int red, int green, int blue) {
    assertThat(new int[] {image.sample(x, y, 0), image.sample(x, y, 1), image.sample(x, y, 2)})
        .containsExactly(red, green, blue);
  }

  private static void assertClose(RgbImage image, int red, int green, int blue) {
    int x = image.width() / 2;
    int y = image.height() / 2;
    assertThat(image.sample(x, y, 0)).isCloseTo(red, within(6));
    assertThat(image.sample(x, y, 1)).isCloseTo(green, within(6));
    assertThat(image.sample(x, y, 2)).isCloseTo(blue, within(6));
  }
}
