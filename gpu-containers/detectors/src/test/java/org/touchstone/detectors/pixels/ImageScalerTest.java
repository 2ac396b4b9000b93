package org.touchstone.detectors.pixels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.testing.FormulaPicture;
import org.touchstone.domain.Json;
import org.touchstone.models.Resampling;
import org.touchstone.testing.models.TestModels;

class ImageScalerTest {
  private static final JsonNode GOLDEN = golden();

  static Stream<JsonNode> pillow() {
    return GOLDEN.get("clip_squash_224").get("cases").valueStream();
  }

  static Stream<JsonNode> openCv() {
    return GOLDEN.get("genconvit_face_crop_224").get("cases").valueStream();
  }

  static Stream<JsonNode> torchvision() {
    return GOLDEN.get("distildire_resize_crop_256").get("cases").valueStream();
  }

  static Stream<JsonNode> crops() {
    return GOLDEN.get("center_crop_224").get("cases").valueStream();
  }

  @ParameterizedTest
  @MethodSource("pillow")
  void resizesBicubicallyByteForByteAsPillow(JsonNode golden) {
    assertBytes(scaled(golden, Resampling.BICUBIC), golden);
  }

  @ParameterizedTest
  @MethodSource("openCv")
  void averagesAreasByteForByteAsOpenCv(JsonNode golden) {
    assertBytes(scaled(golden, Resampling.AREA), golden);
  }

  @ParameterizedTest
  @MethodSource("torchvision")
  void resizesAndCropsAsTorchvisionUpToTheRoundingToBytes(JsonNode golden) {
    JsonNode expected = golden.get("antialias_true");

    RgbImage image =
        ImageScaler.cover(FormulaPicture.of(golden.get("input")), 256, 256, Resampling.BILINEAR);

    double halfAStep = 1 / 255.0 + 2e-5;
    for (int i = 0; i < expected.get("samples_xy").size(); i++) {
      JsonNode at = expected.get("samples_xy").get(i);
      for (int c = 0; c < RgbImage.CHANNELS; c++) {
        double value = image.sample(at.get(0).asInt(), at.get(1).asInt(), c) / 255.0 * 2 - 1;
        assertThat(value)
            .isCloseTo(expected.get("samples_rgb").get(i).get(c).asDouble(), within(halfAStep));
      }
    }
    double sum = 0;
    for (byte b : image.data()) {
      sum += (b & 0xff) / 255.0 * 2 - 1;
    }
    assertThat(sum / image.data().length)
        .isCloseTo(expected.get("summary").get("mean").asDouble(), within(3e-5));
  }

  /** The golden picture's value says where a pixel was; here it is spread over three channels. */
  @ParameterizedTest
  @MethodSource("crops")
  void cropsAsTorchvision(JsonNode golden) {
    int width = golden.get("width").asInt();
    int height = golden.get("height").asInt();
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    for (int i = 0; i < width * height; i++) {
      data[3 * i] = (byte) (i + 1 >> 16);
      data[3 * i + 1] = (byte) (i + 1 >> 8);
      data[3 * i + 2] = (byte) (i + 1);
    }

    RgbImage crop = ImageScaler.crop(new RgbImage(width, height, data), 224, 224);

    for (int at : new int[] {0, 112, 223}) {
      int value =
          crop.sample(at, at, 0) << 16 | crop.sample(at, at, 1) << 8 | crop.sample(at, at, 2);
      assertThat(value).isEqualTo(golden.get("value_at_" + at + "_" + at).asInt());
    }
  }

  @Test
  void looksAtNothingOutsideThePart() {
    RgbImage plain = grey(64, 64, 90);
    RgbImage framed = grey(64, 64, 90);
    for (int i = 0; i < 64 * RgbImage.CHANNELS; i++) {
      framed.data()[i] = (byte) 255;
    }
    Rectangle part = new Rectangle(3, 1, 40, 50);

    for (Resampling resampling : Resampling.values()) {
      assertThat(ImageScaler.scale(framed, part, 17, 19, resampling).data())
          .isEqualTo(ImageScaler.scale(plain, part, 17, 19, resampling).data());
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5000000", "5000000,1", "1,1", "40000,3", "3,40000", "2,70000"})
  void bringsPicturesOfAbsurdShapesToSize(int width, int height) {
    RgbImage image = grey(width, height, 77);
    for (Resampling resampling : Resampling.values()) {
      RgbImage stretched = ImageScaler.scale(image, Rectangle.of(image), 24, 32, resampling);
      RgbImage covered = ImageScaler.cover(image, 24, 32, resampling);

      assertThat(stretched.data()).containsOnly(77).hasSize(24 * 32 * 3);
      assertThat(covered.data()).containsOnly(77).hasSize(24 * 32 * 3);
    }
    assertThat(ImageScaler.crop(image, 24, 32).data()).contains(77).hasSize(24 * 32 * 3);
  }

  private static RgbImage grey(int width, int height, int value) {
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    Arrays.fill(data, (byte) value);
    return new RgbImage(width, height, data);
  }

  private static RgbImage scaled(JsonNode golden, Resampling resampling) {
    RgbImage image = FormulaPicture.of(golden.get("input"));
    return ImageScaler.scale(image, Rectangle.of(image), 224, 224, resampling);
  }

  private static void assertBytes(RgbImage image, JsonNode golden) {
    for (int i = 0; i < golden.get("samples_xy").size(); i++) {
      JsonNode at = golden.get("samples_xy").get(i);
      JsonNode rgb = golden.get("samples_rgb").get(i);
      for (int c = 0; c < RgbImage.CHANNELS; c++) {
        assertThat(image.sample(at.get(0).asInt(), at.get(1).asInt(), c))
            .isEqualTo(rgb.get(c).asInt());
      }
    }
    assertThat(TestModels.sha256(image.data())).isEqualTo(golden.get("sha256").asText());
  }

  private static JsonNode golden() {
    try (InputStream in = ImageScalerTest.class.getResourceAsStream("/golden/preprocessing.json")) {
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
