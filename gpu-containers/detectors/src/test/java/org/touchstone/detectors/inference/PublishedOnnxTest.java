package org.touchstone.detectors.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.detectors.pixels.RgbImage;
import org.touchstone.detectors.testing.FormulaPicture;
import org.touchstone.models.ElementType;
import org.touchstone.models.Fit;
import org.touchstone.models.Input;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.Layout;
import org.touchstone.models.ModelStore;
import org.touchstone.models.PixelValues;
import org.touchstone.models.Preparation;
import org.touchstone.models.Resampling;
import org.touchstone.models.Resize;
import org.touchstone.models.Rounding;
import org.touchstone.testing.formula.GoldenFile;
import org.touchstone.testing.models.TestModels;

/** ONNX files in the form of published ones, run by what their manifests say. */
class PublishedOnnxTest {
  private static final JsonNode GOLDEN = GoldenFile.read("onnx-adapter");
  private static final String MANIFEST =
      """
      {"name": "published", "version": "1", "licence": "MIT", "engine": "OnnxRuntime",
       "files": {"model.onnx": "@SHA256@"},
       "input": {"name": "images", "layout": "NCHW", "dtype": "float32", "height": 384,
         "width": 384, "resize": {"shortEdge": 440, "filter": "bicubic"}, "crop": {},
         "scale": 0.00392156862745098,
         "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225]},
       "output": {"name": "logits", "activation": "sigmoid",
         "calibration": {"slope": 0.6352260751077209, "intercept": -0.2643220522904507},
         "threshold": 0.65},
       "category": "generative", "tracks": ["image", "video"], "minShortEdge": 440}
      """;

  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "image_fp32, logits, 1e-5",
    "image_fp16, logits_fp16_model, 1e-2",
    "image_fp32_fixed_batch1, logits, 1e-5"
  })
  void givesTheLogitsOfTheReference(String file, String field, double tolerance)
      throws IOException {
    InstalledModel model = install(file);
    ModelInput input = new ModelInput(model.manifest().visual().orElseThrow());
    try (OnnxModels models = new OnnxModels(new ModelStore(root), OnnxSettings.DEFAULT)) {
      for (JsonNode golden : GOLDEN.get("image_model").get("cases")) {
        List<RgbImage> pictures = pictures(golden.get("input"));
        boolean whole = golden.has("crop_sha256");
        Values values = input.pack(whole ? pictures.stream().map(input::fit).toList() : pictures);

        float[][] rows = models.use(model, loaded -> loaded.run(values, pictures.size()));

        for (int i = 0; i < rows.length; i++) {
          assertThat((double) rows[i][0])
              .as(golden.get("case").asText())
              .isCloseTo(golden.get(field).get(i).get(0).asDouble(), within(tolerance));
          assertThat(
                  Activations.probability(
                      rows[i], model.manifest().detector().orElseThrow().output()))
              .isCloseTo(golden.get("calibrated_p_fake").get(i).asDouble(), within(tolerance));
        }
      }
    }
  }

  static Stream<JsonNode> clip() {
    return GoldenFile.read("preprocessing2").get("clip_processor_224").get("cases").valueStream();
  }

  static Stream<JsonNode> siglip() {
    return GoldenFile.read("preprocessing2").get("siglip_squash").get("cases").valueStream();
  }

  @ParameterizedTest
  @MethodSource("clip")
  void givesTheTensorOfClipsProcessor(JsonNode golden) {
    PixelValues values =
        new PixelValues(
            1 / 255.0,
            List.of(0.48145466, 0.4578275, 0.40821073),
            List.of(0.26862954, 0.26130258, 0.27577711));
    Resize resize =
        new Resize.ShortEdge(224, Resize.Filter.BICUBIC, Resize.Library.PILLOW, Rounding.DOWN);

    assertValues(floats(golden, 224, resize, Rounding.DOWN, values), golden, 224);
  }

  @ParameterizedTest
  @MethodSource("siglip")
  void givesTheTensorOfSiglipsProcessor(JsonNode golden) {
    int side = golden.get("resized_wh").get(0).asInt();
    PixelValues values = new PixelValues(1 / 255.0, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
    Resize resize = new Resize.BothSides(side, side, Resize.Filter.BICUBIC, Resize.Library.PILLOW);

    float[] tensor = floats(golden, side, resize, Rounding.HALF_EVEN, values);

    assertValues(tensor, golden, side);
    double sum = 0;
    for (float value : tensor) {
      sum += value;
    }
    assertThat(sum / tensor.length)
        .isCloseTo(golden.get("pixel_values_mean").asDouble(), within(1e-6));
  }

  @Test
  void valuesLieWhereTheLayoutSays() {
    byte[] picture = {1, 2, 3, 4, 5, 6};

    assertThat(packed(ElementType.UINT8, Layout.NCHW, PixelValues.BYTES, picture).floats())
        .containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(packed(ElementType.UINT8, Layout.NHWC, PixelValues.BYTES, picture).floats())
        .containsExactly(1, 2, 3, 4, 5, 6);
    PixelValues values = new PixelValues(2, List.of(1.0, 0.0, 0.0), List.of(1.0, 1.0, 0.5));
    for (ElementType type : List.of(ElementType.FLOAT32, ElementType.FLOAT16)) {
      assertThat(packed(type, Layout.NCHW, values, picture).type()).isEqualTo(type);
      assertThat(packed(type, Layout.NCHW, values, picture).floats())
          .containsExactly(1, 7, 4, 10, 12, 24);
      assertThat(packed(type, Layout.NHWC, values, picture).floats())
          .containsExactly(1, 4, 12, 7, 10, 24);
    }
  }

  @Test
  void halvesAreRoundedOnce() {
    PixelValues values =
        new PixelValues(1 / 255.0, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
    byte[] picture = {77, -1, 0, 1, 2, 3};

    assertThat(packed(ElementType.FLOAT16, Layout.NHWC, values, picture).floats()[0])
        .isEqualTo(Float.float16ToFloat(Float.floatToFloat16(values.of(77, 0))));
  }

  private static Values packed(ElementType type, Layout layout, PixelValues values, byte[] data) {
    Preparation way =
        new Preparation(Fit.STRETCH, Resampling.AREA, Optional.empty(), Optional.empty(), values);
    return new ModelInput(new Input.Picture("x", type, layout, 1, 2, way)).values(List.of(data));
  }

  private static float[] floats(
      JsonNode golden, int side, Resize resize, Rounding crop, PixelValues values) {
    Preparation way =
        new Preparation(
            Fit.STRETCH, Resampling.AREA, Optional.of(resize), Optional.of(crop), values);
    ModelInput input =
        new ModelInput(new Input.Picture("x", ElementType.FLOAT32, Layout.NCHW, side, side, way));
    RgbImage picture = FormulaPicture.of(golden.get("input"));
    return input.pack(List.of(input.fit(picture))).floats();
  }

  private static void assertValues(float[] tensor, JsonNode golden, int side) {
    JsonNode expected = golden.get("pixel_values_first4_per_channel");
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < 4; i++) {
        assertThat((double) tensor[c * side * side + i])
            .isCloseTo(expected.get(c).get(i).asDouble(), within(1e-6));
      }
    }
  }

  private static List<RgbImage> pictures(JsonNode input) {
    int height = input.get("shape").get(1).asInt();
    int width = input.get("shape").get(2).asInt();
    byte[] all = FormulaPicture.bytes(input);
    int each = height * width * RgbImage.CHANNELS;
    List<RgbImage> pictures = new ArrayList<>();
    for (int from = 0; from < all.length; from += each) {
      pictures.add(new RgbImage(width, height, Arrays.copyOfRange(all, from, from + each)));
    }
    return pictures;
  }

  private InstalledModel install(String file) throws IOException {
    try (InputStream in =
        PublishedOnnxTest.class.getResourceAsStream("/golden/onnx-adapter/" + file + ".onnx")) {
      TestModels.install(root, MANIFEST, in.readAllBytes());
    }
    return new ModelStore(root).find("published").orElseThrow();
  }
}
