package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.touchstone.testing.media.Containers.write;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.detectors.base.Deadline;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.base.DetectionException;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.Reason;

/** Pictures whose end is missing: what is there counts if it is most of the picture. */
class CutOffPicturesTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 427;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "jpeg, false",
    "png, false",
    "gif, false",
    "bmp, false",
    "webp, false",
    "jpeg, true",
    "png, true",
    "gif, true"
  })
  void theRowsThatAreThereAreThoseOfTheWholePicture(String format, boolean progressive)
      throws IOException {
    byte[] whole = Files.readAllBytes(picture(format, progressive));
    RgbImage expected = decode(whole);

    RgbImage decoded = decode(Arrays.copyOf(whole, whole.length * 9 / 10));

    assertThat(decoded.width()).isEqualTo(WIDTH);
    assertThat(decoded.height()).isBetween(HEIGHT / 2, HEIGHT);
    int offset = format.equals("bmp") ? HEIGHT - decoded.height() : 0;
    // A progressive JPEG is whole but less sharp; WebP is decoded by two decoders.
    int tolerance = format.equals("jpeg") && progressive || format.equals("webp") ? 40 : 2;
    int differing = 0;
    for (int y = 0; y < decoded.height(); y++) {
      for (int x = 0; x < WIDTH; x++) {
        int difference = Math.abs(decoded.sample(x, y, 1) - expected.sample(x, y + offset, 1));
        differing += difference > tolerance ? 1 : 0;
      }
    }
    assertThat(differing).isLessThan(WIDTH * decoded.height() / 100);
  }

  @ParameterizedTest
  @CsvSource({"jpeg, 2", "jpeg, 1", "png, 12", "png, 4", "gif, 1", "webp, 4"})
  void aFewBytesMoreOrLessCostAFewRowsAtMost(String format, int missing) throws IOException {
    byte[] whole = Files.readAllBytes(picture(format, false));

    RgbImage decoded = decode(Arrays.copyOf(whole, whole.length - missing));

    assertThat(decoded.height()).isGreaterThan(HEIGHT - 48);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp", "webp", "avif"})
  void aFifthOfAPictureIsNotJudged(String format) throws IOException {
    byte[] whole = Files.readAllBytes(picture(format, false));

    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length / 5)))
        .isInstanceOfSatisfying(
            DetectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
  }

  @Test
  void aProgressiveJpegWithoutDetailsIsNotJudged() throws IOException {
    byte[] whole = Files.readAllBytes(picture("jpeg", true));

    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, whole.length / 12)))
        .isInstanceOf(DetectionException.class);
  }

  @Test
  void damageInTheMiddleIsNotAMissingEnd() throws IOException {
    byte[] whole = Files.readAllBytes(picture("png", false));
    Arrays.fill(whole, whole.length * 3 / 4, whole.length * 3 / 4 + 100, (byte) 0x55);

    assertThatThrownBy(() -> decode(whole)).isInstanceOf(DetectionException.class);
  }

  @Test
  void aGridWithoutItsLastTilesIsAsHighAsItsWholeRows() throws IOException {
    int[][] colours = {{200, 40, 40}, {40, 200, 40}, {40, 40, 200}, {180, 180, 40}};
    byte[] whole = Files.readAllBytes(HeifGrid.write(folder, 64, colours, 120, 100, 0));

    RgbImage decoded = decode(Arrays.copyOf(whole, whole.length - 3));

    assertThat(decoded.width()).isEqualTo(120);
    assertThat(decoded.height()).isEqualTo(64);
  }

  @Test
  void aGridOfWhichMostIsMissingIsNotJudged() throws IOException {
    int[][] colours = {{200, 40, 40}, {40, 200, 40}, {40, 40, 200}, {180, 180, 40}};
    Path file = HeifGrid.write(folder, 64, colours, 120, 100, 0);
    byte[] bytes = Files.readAllBytes(file);
    int locations = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("iloc");
    // Of the first tile: behind type, version, widths and count come number, method, file, parts.
    ByteBuffer.wrap(bytes).putInt(locations + 4 + 4 + 2 + 2 + 8, bytes.length);
    Files.write(file, bytes);

    assertThatThrownBy(
            () -> new HeifReader(file, 1 << 20, 1 << 20, Deadline.in(Duration.ofMinutes(1))).read())
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("most of it is missing");
  }

  private Path picture(String format, boolean progressive) throws IOException {
    Path rocket = TestMedia.rocket(folder);
    Path file = folder.resolve("whole." + format);
    if (format.equals("webp") || format.equals("avif")) {
      String codec = format.equals("webp") ? "libwebp" : "libaom-av1";
      VideoSettings settings = VideoSettings.h264(WIDTH, HEIGHT).withCodec(codec, "yuv420p");
      RgbImage image = new ImageDecoder(DecodeLimits.DEFAULT).decode(rocket);
      return TestMedia.video(file, settings, 1, n -> image);
    }
    BufferedImage image = ImageIO.read(rocket.toFile());
    ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (progressive) {
        param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      } else if (param.canWriteProgressive()) {
        param.setProgressiveMode(ImageWriteParam.MODE_DISABLED);
      }
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return file;
  }

  private RgbImage decode(byte[] bytes) {
    return new ImageDecoder(DecodeLimits.DEFAULT).decode(write(folder.resolve("picture"), bytes));
  }
}
