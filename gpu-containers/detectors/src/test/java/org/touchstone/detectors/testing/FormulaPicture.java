package org.touchstone.detectors.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.testing.models.TestModels;

/**
 * The pictures of golden data: stripes and noise made by a formula, so that the data need to hold
 * no pictures.
 */
public final class FormulaPicture {
  private static final long BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private FormulaPicture() {}

  /** The picture that a golden file's {@code input} describes, checked by its digest. */
  public static RgbImage of(JsonNode input) {
    assertThat(input.get("kind").asText()).isEqualTo("pattern");
    RgbImage image =
        pattern(
            input.get("name").asText(),
            input.get("shape").get(2).asInt(),
            input.get("shape").get(1).asInt());
    assertThat(TestModels.sha256(image.data())).isEqualTo(input.get("sha256").asText());
    return image;
  }

  private static RgbImage pattern(String name, int width, int height) {
    long seed = seed(name);
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    for (int i = 0; i < data.length; i++) {
      int c = i % 3;
      int x = i / 3 % width;
      int y = i / 3 / width;
      int t = triangle(3 * x + 2 * y + 37 * c, 256);
      int s = triangle(x * y / 16 + 29 * c, 128);
      int random = (int) (bits(seed, i) >>> 56);
      data[i] = (byte) ((3 * Math.min(255, t + 2 * s) + random) / 4);
    }
    return new RgbImage(width, height, data);
  }

  private static int triangle(int t, int period) {
    int m = t % period;
    return m < period / 2 ? m : period - m;
  }

  private static long seed(String name) {
    long hash = BASIS;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return hash;
  }

  private static long bits(long seed, long index) {
    long z = seed + (index + 1) * STEP;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
