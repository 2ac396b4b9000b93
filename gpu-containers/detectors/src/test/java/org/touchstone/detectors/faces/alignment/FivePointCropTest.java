package org.touchstone.detectors.faces.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.touchstone.detectors.faces.Point;
import org.touchstone.detectors.pixels.ImageScaler;
import org.touchstone.detectors.pixels.Rectangle;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.TestMedia;
import org.touchstone.models.Resampling;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.GoldenFile;
import org.touchstone.testing.models.TestModels;

class FivePointCropTest {
  private static final int SIDE = 256;
  private static final JsonNode GOLDEN = GoldenFile.read("gend-align");

  private final FivePointCrop crop = new FivePointCrop(SIDE, 1.3);

  @TestFactory
  List<DynamicTest> cutsFacesOutByteForByteAsThePublishedCodeDoes() {
    Map<String, RgbImage> inputs = inputs();
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode golden : GOLDEN.path("cases")) {
      RgbImage picture = inputs.get(golden.path("input").asText());
      tests.add(
          DynamicTest.dynamicTest(golden.path("name").asText(), () -> check(golden, picture)));
    }
    assertThat(tests).hasSize(17);
    return tests;
  }

  private void check(JsonNode golden, RgbImage picture) {
    List<Point> landmarks = points(golden.path("landmarks_xy"));
    assertCorners(crop.alignment(landmarks).orElseThrow(), golden.path("source_corners_xy"));

    RgbImage square = crop.cut(picture, landmarks).orElseThrow();

    assertSamples(square, golden.path("crop_samples_rgb"), "/conventions/crop_samples_xy");
    assertThat(TestModels.sha256(square.data())).isEqualTo(golden.path("crop_sha256").asText());
    RgbImage small = ImageScaler.scale(square, Rectangle.of(square), 224, 224, Resampling.BICUBIC);
    assertSamples(
        small, golden.path("resized_224_samples_rgb"), "/conventions/resized_224_samples_xy");
    assertThat(TestModels.sha256(small.data()))
        .isEqualTo(golden.path("resized_224_sha256").asText());
  }

  @Test
  void hasNoCropForPointsThatCannotBeThoseOfAFace() {
    RgbImage picture = TestMedia.plain(200, 200, 90, 90, 90);
    int none = 0;
    for (JsonNode golden : GOLDEN.path("degenerate_cases")) {
      Optional<Similarity> found = crop.alignment(points(golden.path("landmarks_xy")));
      JsonNode matrix = golden.path("M");
      if (matrix.isNull()) {
        none++;
        assertThat(found).isEmpty();
      } else {
        assertThat(found.orElseThrow().cos()).isCloseTo(matrix.at("/0/0").asDouble(), within(1e-9));
        assertThat(found.orElseThrow().shiftX())
            .isCloseTo(matrix.at("/0/2").asDouble(), within(1e-7));
      }
    }
    assertThat(none).isEqualTo(1);
    double[][] odd = {
      {Double.NaN, 1, 2, 3, 4, 5, 6, 7, 8, 9},
      {Double.POSITIVE_INFINITY, 1, 2, 3, 4, 5, 6, 7, 8, 9},
      {0, 0, 1e30, 0, 5e29, 1e30, 0, 2e30, 1e30, 2e30},
      {0, 0, 1e-30, 0, 5e-31, 1e-30, 0, 2e-30, 1e-30, 2e-30},
      {0, 0, 30_000, 0, 15_000, 20_000, 5000, 40_000, 25_000, 40_000}
    };
    for (double[] numbers : odd) {
      List<Point> landmarks = new ArrayList<>();
      for (int i = 0; i < numbers.length; i += 2) {
        landmarks.add(new Point(numbers[i], numbers[i + 1]));
      }
      assertThat(crop.cut(picture, landmarks)).isEmpty();
    }
    assertThat(crop.cut(picture, List.of())).isEmpty();
  }

  private static void assertCorners(Similarity toSquare, JsonNode golden) {
    Similarity toPicture = toSquare.inverse();
    double[][] corners = {{0, 0}, {SIDE - 1, 0}, {0, SIDE - 1}, {SIDE - 1, SIDE - 1}};
    for (int i = 0; i < corners.length; i++) {
      Point corner = toPicture.map(new Point(corners[i][0], corners[i][1]));
      assertThat(corner.x()).isCloseTo(golden.get(i).get(0).asDouble(), within(1e-3));
      assertThat(corner.y()).isCloseTo(golden.get(i).get(1).asDouble(), within(1e-3));
    }
  }

  private static void assertSamples(RgbImage image, JsonNode golden, String places) {
    JsonNode at = GOLDEN.at(places);
    assertThat(at.size()).isEqualTo(golden.size()).isPositive();
    for (int i = 0; i < golden.size(); i++) {
      for (int c = 0; c < RgbImage.CHANNELS; c++) {
        assertThat(image.sample(at.get(i).get(0).asInt(), at.get(i).get(1).asInt(), c))
            .as("sample %d, channel %d", i, c)
            .isEqualTo(golden.get(i).get(c).asInt());
      }
    }
  }

  private static List<Point> points(JsonNode places) {
    List<Point> points = new ArrayList<>();
    places.forEach(p -> points.add(new Point(p.get(0).asDouble(), p.get(1).asDouble())));
    return points;
  }

  private static Map<String, RgbImage> inputs() {
    Map<String, RgbImage> pictures = new HashMap<>();
    for (JsonNode input : GOLDEN.path("inputs")) {
      String name = input.path("name").asText();
      int height = input.at("/shape/1").asInt();
      int width = input.at("/shape/2").asInt();
      byte[] bytes =
          Formula.input(
              name, input.path("kind").asText(), new long[] {1, height, width, RgbImage.CHANNELS});
      assertThat(TestModels.sha256(bytes)).isEqualTo(input.path("sha256").asText());
      pictures.put(name, new RgbImage(width, height, bytes));
    }
    return pictures;
  }
}
