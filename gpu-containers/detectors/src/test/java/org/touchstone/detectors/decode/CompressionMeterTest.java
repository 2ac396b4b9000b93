package org.touchstone.detectors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.detectors.base.DecodeLimits;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.detectors.testing.VideoSettings;
import org.touchstone.domain.Modality;
import org.touchstone.models.Compression;

class CompressionMeterTest {
  private final CompressionMeter meter = new CompressionMeter(DecodeLimits.DEFAULT);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"0.95,LIGHT", "0.55,LIGHT", "0.45,STRONG", "0.1,STRONG"})
  void tellsTheQualityOfAJpegByItsTables(float quality, Compression compression) {
    assertThat(meter.of(TestMedia.jpeg(folder.resolve("a.jpg"), quality), Modality.IMAGE))
        .contains(compression);
  }

  @Test
  void tellsAVideoByItsBits() throws IOException {
    Path still =
        TestMedia.video(
            folder.resolve("still.mp4"),
            VideoSettings.h264(320, 240),
            50,
            n -> TestMedia.plain(320, 240, 9, 9, 9));
    Random random = new Random(1);
    Path noise =
        TestMedia.video(
            folder.resolve("noise.mov"),
            VideoSettings.h264(64, 64).withCodec("png", "rgb24"),
            10,
            n -> {
              byte[] data = new byte[64 * 64 * 3];
              random.nextBytes(data);
              return new RgbImage(64, 64, data);
            });

    assertThat(meter.of(still, Modality.VIDEO)).contains(Compression.STRONG);
    assertThat(meter.of(noise, Modality.VIDEO)).contains(Compression.LIGHT);

    byte[] padding = new byte[1 << 20];
    ByteBuffer.wrap(padding).putInt(padding.length).put("free".getBytes(StandardCharsets.US_ASCII));
    Files.write(still, padding, StandardOpenOption.APPEND);
    assertThat(meter.of(still, Modality.VIDEO)).contains(Compression.STRONG);
  }

  @Test
  void knowsNothingOfWhatSaysNothing() throws IOException {
    Path png = folder.resolve("a.png");
    ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png.toFile());
    byte[] whole = Files.readAllBytes(TestMedia.jpeg(folder.resolve("a.jpg"), 0.1f));

    assertThat(meter.of(png, Modality.IMAGE)).isEmpty();
    assertThat(meter.of(png, Modality.VIDEO)).isEmpty();
    assertThat(meter.of(png, Modality.AUDIO)).isEmpty();
    assertThat(meter.of(folder.resolve("missing"), Modality.IMAGE)).isEmpty();
    for (int length : new int[] {0, 1, 2, 24, 30, 60}) {
      Path cut = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, length));
      assertThat(meter.of(cut, Modality.IMAGE)).as("%d bytes", length).isEmpty();
    }
  }
}
