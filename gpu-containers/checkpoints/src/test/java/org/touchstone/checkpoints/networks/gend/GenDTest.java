package org.touchstone.checkpoints.networks.gend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.layers.ClipVision;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.FormulaTensor;

class GenDTest {
  private static final double LOGIT = 5e-6;
  private static final double POOLED = 1e-5;
  private static final GenD SMALL = new GenD(new ClipVision(56, 14, 64, 2, 2, 32));
  private static final GenD FULL = new GenD(ClipVision.LARGE_14);

  /** Stages that this network does not compute or not for all tokens. */
  private static final Set<String> ALL_TOKENS = Set.of("after last encoder layer [B,T,W]");

  @TempDir Path folder;

  @Test
  void scoresAsTheReferenceDoes() throws IOException, OrtException {
    assertScores("gend-small", SMALL, OnnxType.FLOAT32, LOGIT);
  }

  @Test
  void passesThroughTheReferencesStages() throws IOException, OrtException {
    assertStages("gend-small", SMALL, POOLED);
  }

  @Test
  @Tag("full")
  void scoresAndPassesThroughTheReferencesStagesAtFullSize() throws IOException, OrtException {
    assertStages("gend-clip-l14", FULL, 2e-5);
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    assertScores("gend-small", SMALL, OnnxType.FLOAT16, 2e-2);
  }

  @Test
  @Tag("full")
  void halfPrecisionStaysNearAtFullSize() throws IOException, OrtException {
    assertScores("gend-clip-l14", FULL, OnnxType.FLOAT16, 1e-2);
  }

  private void assertScores(String name, GenD network, OnnxType type, double tolerance)
      throws IOException, OrtException {
    Golden golden = Golden.load(name);
    List<FormulaTensor> weights = new ArrayList<>(FormulaTensor.of(name, "keys"));
    String ids = "feature_extractor.vision_model.embeddings.position_ids";
    weights.add(new FormulaTensor(ids, new long[] {1, 17}, DType.INT64, i -> i));
    try (Model model = Model.of(folder, network, weights, type)) {
      assertThat(golden.root().get("cases")).isNotEmpty();
      for (JsonNode testCase : golden.root().get("cases")) {
        float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
        Golden.assertClose(logits, Golden.rows(testCase.get("logits")), tolerance);
      }
    }
  }

  /** Compares logits and stages, except those of tokens that the last layer does not compute. */
  private void assertStages(String name, GenD network, double tolerance)
      throws IOException, OrtException {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("normalised_input", "feature_extractor.pixels");
    names.put("pre_layrnorm [B,T,W]", "feature_extractor.pre_layrnorm");
    names.put("after encoder layer 0 [B,T,W]", "feature_extractor.layers.0");
    names.put("after encoder layer 11 [B,T,W]", "feature_extractor.layers.11");
    names.put("pooler_output = post_layernorm(CLS) [B,W]", "feature_extractor.pooled");
    names.put("L2-normalised feature [B,W]", "model.unit");
    JsonNode cases = Golden.load(name).root().get("cases");
    names.keySet().retainAll(Golden.stages(cases.get(0)));
    try (Model model =
        Model.of(folder, network, FormulaTensor.of(name, "keys"), OnnxType.FLOAT32)
            .exposing(names.values())) {
      for (JsonNode testCase : cases) {
        Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
        Golden.assertClose(outputs.get("logits"), Golden.rows(testCase.get("logits")), LOGIT);
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
