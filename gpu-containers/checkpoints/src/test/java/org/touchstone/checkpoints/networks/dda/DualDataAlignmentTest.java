package org.touchstone.checkpoints.networks.dda;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.layers.VisionTransformer;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.checkpoints.tensor.Weight;
import org.touchstone.testing.formula.FormulaTensor;

class DualDataAlignmentTest {
  private static final double LOGIT = 5e-6;
  private static final int GRID = 37;
  private static final DualDataAlignment FULL =
      new DualDataAlignment(DualDataAlignment.LARGE_14, GRID);

  /** Stages that this network does not compute or not for all tokens. */
  private static final Set<String> ALL_TOKENS =
      Set.of(
          "position table after interpolation [1,T,W] (row 0 = class token)",
          "after last block [B,T,W]",
          "after final norm [B,T,W]");

  @TempDir Path folder;

  @Test
  void scoresAsTheReferenceDoesAtEachSize() throws IOException, OrtException {
    JsonNode cases = Golden.load("dinov2-lora-small").root().get("cases");
    assertThat(cases).hasSize(4);
    assertScores("dinov2-lora-small", small(336), OnnxType.FLOAT32, LOGIT, cases.get(0));
    assertScores("dinov2-lora-small", small(336), OnnxType.FLOAT32, LOGIT, cases.get(1));
    assertScores("dinov2-lora-small", small(224), OnnxType.FLOAT32, LOGIT, cases.get(2));
    assertScores("dinov2-lora-small", small(518), OnnxType.FLOAT32, LOGIT, cases.get(3));
  }

  @Test
  void passesThroughTheReferencesStages() throws IOException, OrtException {
    assertStages("dinov2-lora-small", small(336), 1e-5);
  }

  @Test
  @Tag("full")
  void scoresAndPassesThroughTheReferencesStagesAtFullSize() throws IOException, OrtException {
    assertStages("dinov2-lora-l14", FULL, 2e-5);
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    JsonNode testCase = Golden.load("dinov2-lora-small").testCase(1);
    assertScores("dinov2-lora-small", small(336), OnnxType.FLOAT16, 1e-2, testCase);
  }

  @Test
  @Tag("full")
  void halfPrecisionStaysNearAtFullSize() throws IOException, OrtException {
    JsonNode testCase = Golden.load("dinov2-lora-l14").testCase(0);
    assertScores("dinov2-lora-l14", FULL, OnnxType.FLOAT16, 1e-2, testCase);
  }

  @Test
  void resizesPositionsAsTheReferenceDoes() {
    Golden golden = Golden.load("dinov2-lora-small");
    FormulaTensor stored = FormulaTensor.of("base_model.model.pos_embed", 1, 1370, 64);
    Weight positions =
        Weight.computed(
            stored.shape(),
            () -> {
              float[] values = new float[(int) stored.elements()];
              for (int i = 0; i < values.length; i++) {
                values[i] = stored.value(i);
              }
              return values;
            });
    String stage = "position table after interpolation [1,T,W] (row 0 = class token)";
    int[] cells = {24, 24, 16, 37};
    for (int i : new int[] {0, 2, 3}) {
      Golden.assertSummary(
          cells[i] + " cells",
          PositionGrid.resized(positions, GRID, cells[i], 64).floats(),
          golden.testCase(i).get("stages").get(stage),
          1e-6);
    }
  }

  @Test
  void mergesTheAdaptationAsTheReferenceDoes() throws IOException, OrtException {
    Golden golden = Golden.load("dinov2-lora-small");
    String key = "base_model.model.blocks.0.attn.qkv";
    float[] expected = Golden.floats(golden.root().get("merged_weight_samples").get(key));
    try (Model model =
        Model.of(folder, small(336), weights("dinov2-lora-small"), OnnxType.FLOAT32)
            .exposing(List.of(key + ".weight"))) {
      JsonNode testCase = golden.testCase(1);
      float[] transposed =
          model.run(Golden.input(testCase), Golden.shape(testCase)).get(key + ".weight");
      float[] firstRow = new float[expected.length];
      for (int i = 0; i < firstRow.length; i++) {
        firstRow[i] = transposed[i * 192];
      }
      Golden.assertClose(firstRow, expected, 1e-7);
    }
  }

  private static DualDataAlignment small(int size) {
    return new DualDataAlignment(new VisionTransformer(size, 14, 64, 2, 4, true), GRID);
  }

  private static List<FormulaTensor> weights(String name) {
    return FormulaTensor.of(name, "keys");
  }

  private void assertScores(
      String name, DualDataAlignment network, OnnxType type, double tolerance, JsonNode... cases)
      throws IOException, OrtException {
    try (Model model = Model.of(folder, network, weights(name), type)) {
      for (JsonNode testCase : cases) {
        float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
        Golden.assertClose(logits, Golden.floats(testCase.get("logit")), tolerance);
      }
    }
  }

  /** Compares logits and stages, except those of tokens that the last layer does not compute. */
  private void assertStages(String name, DualDataAlignment network, double tolerance)
      throws IOException, OrtException {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("normalised_input", "base_model.model.pixels");
    names.put("patch_embed [B,N,W]", "base_model.model.patches");
    names.put("after block 0 [B,T,W]", "base_model.model.blocks.0");
    names.put("after block 11 [B,T,W]", "base_model.model.blocks.11");
    names.put("x_norm_clstoken [B,W]", "base_model.model.class_token");
    JsonNode cases = Golden.load(name).root().get("cases");
    names.keySet().retainAll(Golden.stages(cases.get(0)));
    try (Model model =
        Model.of(folder, network, FormulaTensor.of(name, "keys"), OnnxType.FLOAT32)
            .exposing(names.values())) {
      for (JsonNode testCase : cases) {
        if (Golden.shape(testCase)[1] != network.tower().size()) {
          continue;
        }
        Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
        Golden.assertClose(outputs.get("logits"), Golden.floats(testCase.get("logit")), LOGIT);
        for (String stage : Golden.stages(testCase)) {
          if (!ALL_TOKENS.contains(stage)) {
            JsonNode expected = testCase.get("stages").get(stage);
            Golden.assertSummary(stage, outputs.get(names.get(stage)), expected, tolerance);
          }
        }
      }
    }
  }
}
