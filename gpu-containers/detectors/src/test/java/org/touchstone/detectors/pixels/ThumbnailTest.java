package org.touchstone.detectors.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.testing.TestMedia;

class ThumbnailTest {

  @ParameterizedTest
  @CsvSource({
    "1920, 1080, 640, 360",
    "720, 1280, 360, 640",
    "320, 200, 320, 200",
    "9000, 3, 640, 1"
  })
  void keepsProportionsAndEnlargesNothing(int width, int height, int toWidth, int toHeight)
      throws IOException {
    BufferedImage small = read(Thumbnail.jpeg(TestMedia.plain(width, height, 200, 100, 50)));

    assertThat(small.getWidth()).isEqualTo(toWidth);
    assertThat(small.getHeight()).isEqualTo(toHeight);
    int rgb = small.getRGB(toWidth / 2, toHeight / 2);
    assertThat(rgb >> 16 & 0xff).isCloseTo(200, within(4));
    assertThat(rgb >> 8 & 0xff).isCloseTo(100, within(4));
    assertThat(rgb & 0xff).isCloseTo(50, within(4));
  }

  @Test
  void staysWithinItsBytesEvenWithNoise() throws IOException {
    byte[] noise = new byte[640 * 640 * 3];
    new SplittableRandom(1).nextBytes(noise);

    byte[] jpeg = Thumbnail.jpeg(new RgbImage(640, 640, noise));

    assertThat(jpeg.length).isLessThanOrEqualTo(100_000);
    assertThat(read(jpeg).getWidth()).isEqualTo(320);
  }

  private static BufferedImage read(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }
}
