package org.touchstone.detectors.pixels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.testing.FormulaPicture;
import org.touchstone.formats.Orientation;
import org.touchstone.models.Resize;
import org.touchstone.models.Resize.Filter;
import org.touchstone.models.Resize.Library;
import org.touchstone.models.Rounding;
import org.touchstone.testing.formula.GoldenFile;
import org.touchstone.testing.models.TestModels;

class PictureResizerTest {
  private static final JsonNode GOLDEN = GoldenFile.read("preprocessing2");
  private static final Resize COMMFOR_LOWQ =
      new Resize.ShortEdge(440, Filter.BICUBIC, Library.PILLOW, Rounding.HALF_EVEN);

  static Stream<JsonNode> lowq() {
    return cases("commfor_lowq_440_384");
  }

  static Stream<JsonNode> commfor384() {
    return cases("commfor_440_384");
  }

  static Stream<JsonNode> commfor224() {
    return cases("commfor_256_224");
  }

  static Stream<JsonNode> clip() {
    return cases("clip_processor_224");
  }

  static Stream<JsonNode> siglip() {
    return cases("siglip_squash");
  }

  static Stream<JsonNode> exif() {
    return GOLDEN.get("exif").get("cases").valueStream();
  }

  static Stream<JsonNode> published() {
    return GoldenFile.read("commfor-published").get("cases").valueStream();
  }

  @ParameterizedTest
  @MethodSource("lowq")
  void shortEdgeBicubicAsPillow(JsonNode golden) {
    assertBytes(fit(picture(golden), COMMFOR_LOWQ, Rounding.HALF_EVEN, 384), golden);
  }

  @ParameterizedTest
  @MethodSource("commfor384")
  void shortEdgeBilinearAsTorchvisionOfAPillowPicture(JsonNode golden) {
    Resize resize = new Resize.ShortEdge(440, Filter.BILINEAR, Library.PILLOW, Rounding.DOWN);

    assertBytes(fit(picture(golden), resize, Rounding.HALF_EVEN, 384), golden);
  }

  @ParameterizedTest
  @MethodSource("commfor224")
  void shortEdgeBilinearToASmallerInput(JsonNode golden) {
    Resize resize = new Resize.ShortEdge(256, Filter.BILINEAR, Library.PILLOW, Rounding.DOWN);

    assertBytes(fit(picture(golden), resize, Rounding.HALF_EVEN, 224), golden);
  }

  @ParameterizedTest
  @MethodSource("clip")
  void marginsRoundedDownAsClipsProcessor(JsonNode golden) {
    Resize resize = new Resize.ShortEdge(224, Filter.BICUBIC, Library.PILLOW, Rounding.DOWN);

    assertBytes(fit(picture(golden), resize, Rounding.DOWN, 224), golden);
  }

  @ParameterizedTest
  @MethodSource("siglip")
  void bothSidesAsSiglipsProcessor(JsonNode golden) {
    int side = golden.get("resized_wh").get(0).asInt();
    Resize resize = new Resize.BothSides(side, side, Filter.BICUBIC, Library.PILLOW);

    assertBytes(PictureResizer.fit(picture(golden), resize, Optional.empty(), side, side), golden);
  }

  @ParameterizedTest
  @MethodSource("exif")
  void uprightPicturesWhateverTheirOrientation(JsonNode golden) {
    RgbImage stored = FormulaPicture.of(GOLDEN.get("exif").get("input"));
    RgbImage upright = stored.turned(Orientation.ofExif(golden.get("orientation").asInt()));

    assertThat(TestModels.sha256(upright.data())).isEqualTo(golden.get("upright_sha256").asText());
    assertThat(TestModels.sha256(fit(upright, COMMFOR_LOWQ, Rounding.HALF_EVEN, 384).data()))
        .isEqualTo(golden.get("crop_sha256").asText());
  }

  /** The pictures whose scores the publisher of the low-quality model gives. */
  @ParameterizedTest
  @MethodSource("published")
  void picturesWithPublishedScoresArePreparedAsTheirPublisherDoes(JsonNode golden) {
    RgbImage picture =
        published(
            golden.get("width").asInt(), golden.get("height").asInt(), golden.get("seed").asInt());

    assertThat(TestModels.sha256(picture.data())).isEqualTo(golden.get("pixels_sha256").asText());
    assertThat(TestModels.sha256(fit(picture, COMMFOR_LOWQ, Rounding.HALF_EVEN, 384).data()))
        .isEqualTo(golden.get("crop_sha256").asText());
  }

  @ParameterizedTest
  @CsvSource({"BICUBIC,PILLOW", "BILINEAR,PILLOW", "BILINEAR,TORCHVISION"})
  void aPartIsMadeOfTheSameBytesAsTheWhole(Filter filter, Library library) {
    RgbImage picture = published(331, 157, 5);
    Resize large = new Resize.BothSides(211, 97, filter, library);
    RgbImage whole = PictureResizer.fit(picture, large, Optional.empty(), 97, 211);

    RgbImage part = fit(picture, large, Rounding.HALF_EVEN, 31);

    assertThat(part.data()).isEqualTo(whole.part(new Rectangle(33, 90, 31, 31)).data());
  }

  @Test
  void thereIsBlackBeyondThePicture() {
    Resize small = new Resize.ShortEdge(4, Filter.BICUBIC, Library.PILLOW, Rounding.HALF_EVEN);
    RgbImage white = new RgbImage(2, 1, new byte[] {-1, -1, -1, -1, -1, -1});

    RgbImage fitted = fit(white, small, Rounding.HALF_EVEN, 9);

    for (int y = 0; y < 9; y++) {
      for (int x = 0; x < 9; x++) {
        boolean inside = x < 8 && y >= 2 && y < 6;
        assertThat(fitted.sample(x, y, 1)).as("%d, %d", x, y).isEqualTo(inside ? 255 : 0);
      }
    }
  }

  /** The whole resized picture would have a trillion pixels. */
  @Test
  void theMiddleOfALineOfPixelsNeedsLittleMemory() {
    byte[] data = new byte[6_000_000 * 3];
    data[3_000_000 * 3] = -1;
    RgbImage line = new RgbImage(6_000_000, 1, data);

    RgbImage fitted = fit(line, COMMFOR_LOWQ, Rounding.HALF_EVEN, 384);

    assertThat(fitted.sample(383, 200, 0)).isGreaterThan(200);
    assertThat(fitted.sample(0, 200, 0)).isLessThan(20);
  }

  private static Stream<JsonNode> cases(String name) {
    return GOLDEN.get(name).get("cases").valueStream();
  }

  private static RgbImage picture(JsonNode golden) {
    return FormulaPicture.of(golden.get("input"));
  }

  private static RgbImage fit(RgbImage picture, Resize resize, Rounding crop, int side) {
    return PictureResizer.fit(picture, resize, Optional.of(crop), side, side);
  }

  private static void assertBytes(RgbImage image, JsonNode golden) {
    assertThat(TestModels.sha256(image.data())).isEqualTo(golden.get("sha256").asText());
  }

  private static RgbImage published(int width, int height, int s) {
    byte[] data = new byte[width * height * RgbImage.CHANNELS];
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        data[i++] = (byte) (x * (13 + s) + y * (3 + 2 * s) + 17 * s);
        data[i++] = (byte) (x * (5 + 2 * s) + y * (11 + s) + 29 * s);
        data[i++] = (byte) ((x ^ y) + x * s + 7 * s);
      }
    }
    return new RgbImage(width, height, data);
  }
}
