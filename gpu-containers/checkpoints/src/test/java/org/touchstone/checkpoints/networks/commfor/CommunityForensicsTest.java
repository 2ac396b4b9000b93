package org.touchstone.checkpoints.networks.commfor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.layers.VisionTransformer;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.FormulaTensor;

class CommunityForensicsTest {
  private static final double LOGIT = 5e-6;
  private static final CommunityForensics SMALL =
      new CommunityForensics(new VisionTransformer(64, 16, 64, 2, 4, false));
  private static final CommunityForensics FULL =
      new CommunityForensics(CommunityForensics.SMALL_16);

  /** Stages that this network does not compute or not for all tokens. */
  private static final Set<String> ALL_TOKENS =
      Set.of(
          "tokens + position [B,T,W]",
          "after block 1 [B,T,W]",
          "after block 11 [B,T,W]",
          "after final norm [B,T,W]");

  @TempDir Path folder;

  @Test
  void scoresAsTheReferenceDoes() throws IOException, OrtException {
    assertScores("timm-vit-small", SMALL, OnnxType.FLOAT32, LOGIT);
  }

  @Test
  void passesThroughTheReferencesStages() throws IOException, OrtException {
    assertStages("timm-vit-small", SMALL, 5e-6);
  }

  @Test
  @Tag("full")
  void scoresAndPassesThroughTheReferencesStagesAtFullSize() throws IOException, OrtException {
    assertStages("timm-vit-s16-384", FULL, 2e-5);
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    assertScores("timm-vit-small", SMALL, OnnxType.FLOAT16, 1e-2);
  }

  @Test
  @Tag("full")
  void halfPrecisionStaysNearAtFullSize() throws IOException, OrtException {
    assertScores("timm-vit-s16-384", FULL, OnnxType.FLOAT16, 1e-2);
  }

  private void assertScores(
      String name, CommunityForensics network, OnnxType type, double tolerance)
      throws IOException, OrtException {
    Golden golden = Golden.load(name);
    try (Model model = Model.of(folder, network, FormulaTensor.of(name, "keys"), type)) {
      assertThat(golden.root().get("cases")).hasSize(3);
      for (JsonNode testCase : golden.root().get("cases")) {
        float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
        Golden.assertClose(logits, Golden.floats(testCase.get("logit")), tolerance);
      }
    }
  }

  /** Compares logits and stages, except those of tokens that the last layer does not compute. */
  private void assertStages(String name, CommunityForensics network, double tolerance)
      throws IOException, OrtException {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("normalised_input", "vit.pixels");
    names.put("patch_embed [B,N,W]", "vit.patches");
    names.put("after block 0 [B,T,W]", "vit.blocks.0");
    names.put("after block 5 [B,T,W]", "vit.blocks.5");
    names.put("class token, input of the head [B,W]", "vit.class_token");
    JsonNode cases = Golden.load(name).root().get("cases");
    names.keySet().retainAll(Golden.stages(cases.get(0)));
    try (Model model =
        Model.of(folder, network, FormulaTensor.of(name, "keys"), OnnxType.FLOAT32)
            .exposing(names.values())) {
      for (JsonNode testCase : cases) {
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
