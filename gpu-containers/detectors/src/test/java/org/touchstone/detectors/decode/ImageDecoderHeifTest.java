package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.touchstone.testing.media.Containers.write;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.Reason;
import org.touchstone.testing.media.Heif;
import org.touchstone.testing.media.Samples;

class ImageDecoderHeifTest {

  @TempDir Path folder;

  @Test
  void readsAvif() {
    VideoSettings settings = VideoSettings.h264(67, 45).withCodec("libaom-av1", "yuv420p");
    Path file =
        TestMedia.video(
            folder.resolve("picture.avif"), settings, 1, n -> TestMedia.plain(67, 45, 20, 200, 90));

    RgbImage decoded = decode(file);

    assertThat(decoded.width()).isEqualTo(67);
    assertThat(decoded.height()).isEqualTo(45);
    assertClose(decoded, 20, 200, 90);
  }

  @Test
  void putsTheTilesOfAGridTogether() {
    int[][] colours = {{200, 40, 40}, {40, 200, 40}, {40, 40, 200}, {180, 180, 40}};
    Path file = HeifGrid.write(folder, 64, colours, 120, 100, 0);

    RgbImage decoded = decode(file);

    assertThat(decoded.width()).isEqualTo(120);
    assertThat(decoded.height()).isEqualTo(100);
    int[][] places = {{30, 30}, {100, 30}, {30, 90}, {100, 90}};
    for (int i = 0; i < colours.length; i++) {
      for (int c = 0; c < RgbImage.CHANNELS; c++) {
        assertThat(decoded.sample(places[i][0], places[i][1], c))
            .isCloseTo(colours[i][c], within(6));
      }
    }
  }

  @Test
  void turnsAGridUpright() {
    int[][] colours = {{200, 40, 40}, {40, 200, 40}, {40, 40, 200}, {180, 180, 40}};
    Path file = HeifGrid.write(folder, 64, colours, 120, 100, 1);

    RgbImage decoded = decode(file);

    assertThat(decoded.width()).isEqualTo(100);
    assertThat(decoded.height()).isEqualTo(120);
    // What was top right is top left after a quarter turn against the clock.
    assertThat(decoded.sample(20, 20, 1)).isCloseTo(200, within(6));
    assertThat(decoded.sample(20, 20, 0)).isCloseTo(40, within(6));
  }

  @Test
  void refusesHeifThatLacksProperties() throws IOException {
    int[][] colours = {{200, 40, 40}, {40, 200, 40}, {40, 40, 200}, {180, 180, 40}};
    Path file = HeifGrid.write(folder, 64, colours, 120, 100, 0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("iprp")] = 'x';
    write(file, bytes);

    assertReason(file, Reason.CORRUPT);
  }

  @Test
  void readsALargeGridAtAFractionOfItsResolution() {
    int[][] colours = {{200, 40, 40}, {40, 200, 40}, {40, 40, 200}, {180, 180, 40}};
    Path file = HeifGrid.write(folder, 64, colours, 120, 100, 0);

    RgbImage decoded = new ImageDecoder(limits(1_000_000, 120 * 100 / 4)).decode(file);

    assertThat(decoded.width()).isEqualTo(60);
    assertThat(decoded.sample(50, 15, 1)).isCloseTo(200, within(6));
  }

  @Test
  void cutsOutTheCleanAperture() throws IOException {
    byte[] jpeg = quarters();
    // The part right of and below the middle, which is the last quarter.
    byte[] file =
        new Heif().coded("jpeg", 64, 48, jpeg, Heif.crop(32, 24, 16, 12)).primary(1).bytes();

    RgbImage decoded = decode(write(folder.resolve("clap.heic"), file));

    assertThat(decoded.width()).isEqualTo(32);
    assertThat(decoded.height()).isEqualTo(24);
    assertClose(decoded, 180, 180, 40);
  }

  @Test
  void readsItemsThatAreJpeg() throws IOException {
    byte[] file = new Heif().coded("jpeg", 64, 48, quarters()).bytes();

    RgbImage decoded = decode(write(folder.resolve("jpeg.heic"), file));

    assertThat(decoded.width()).isEqualTo(64);
    assertThat(decoded.sample(8, 8, 0)).isCloseTo(200, within(8));
  }

  @Test
  void readsAPictureThatIsAnotherOneCropped() throws IOException {
    byte[] file =
        new Heif()
            .coded("jpeg", 64, 48, quarters())
            .derived("iden", 64, 48, 1, Heif.crop(32, 24, -16, -12))
            .bytes();

    RgbImage decoded = decode(write(folder.resolve("iden.heic"), file));

    assertThat(decoded.width()).isEqualTo(32);
    assertClose(decoded, 200, 40, 40);
  }

  @Test
  void aPictureThatIsDerivedFromItselfIsRefused() {
    byte[] file = new Heif().derived("iden", 64, 48, 1).bytes();

    assertThatThrownBy(() -> decode(write(folder.resolve("loop.heic"), file)))
        .isInstanceOf(DetectionException.class);
  }

  @Test
  void theMainPictureCountsNotTheLargest() throws IOException {
    Heif two = new Heif().coded("jpeg", 64, 48, quarters());
    byte[] small = jpeg(new BufferedImage(16, 8, BufferedImage.TYPE_3BYTE_BGR));
    byte[] file = two.coded("jpeg", 16, 8, small).primary(2).bytes();

    assertThat(decode(write(folder.resolve("two.heic"), file)).width()).isEqualTo(16);
  }

  /** A JPEG of four colours. */
  private static byte[] quarters() throws IOException {
    int[] colours = {0xc82828, 0x28c828, 0x2828c8, 0xb4b428};
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    for (int i = 0; i < 64 * 48; i++) {
      int x = i % 64;
      int y = i / 64;
      image.setRGB(x, y, colours[x / 32 + y / 24 * 2]);
    }
    return jpeg(image);
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  @Test
  void readsHeic() {
    Path file = Samples.named("picture.heic").in(folder);
    RgbImage original = decode(TestMedia.rocket(folder));

    RgbImage decoded = decode(file);

    assertThat(decoded.width()).isEqualTo(96);
    assertThat(decoded.height()).isEqualTo(64);
    RgbImage expected = ImageScaler.scale(original, Rectangle.of(original), 96, 64);
    assertThat(meanDifference(decoded, expected)).isLessThan(9);
  }

  private static RgbImage decode(Path file) {
    return new ImageDecoder(DecodeLimits.DEFAULT).decode(file);
  }

  private static DecodeLimits limits(long source, long kept) {
    return new DecodeLimits(1, source, kept, kept, Duration.ofSeconds(10));
  }

  private static void assertReason(Path file, Reason reason) {
    assertThatThrownBy(() -> decode(file))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageNotContaining(file.getParent().toString());
  }

  private static void assertClose(RgbImage image, int red, int green, int blue) {
    int x = image.width() / 2;
    int y = image.height() / 2;
    assertThat(image.sample(x, y, 0)).isCloseTo(red, within(6));
    assertThat(image.sample(x, y, 1)).isCloseTo(green, within(6));
    assertThat(image.sample(x, y, 2)).isCloseTo(blue, within(6));
  }

  private static double meanDifference(RgbImage a, RgbImage b) {
    long sum = 0;
    for (int i = 0; i < a.data().length; i++) {
      sum += Math.abs((a.data()[i] & 0xff) - (b.data()[i] & 0xff));
    }
    return (double) sum / a.data().length;
  }
}
