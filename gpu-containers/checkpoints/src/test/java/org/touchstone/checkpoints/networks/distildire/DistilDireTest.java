package org.touchstone.checkpoints.networks.distildire;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.FormulaTensor;

class DistilDireTest {
  private static final double UNET = 3e-5;
  private static final double LOGIT = 5e-6;
  private static final AblatedDiffusion SMALL = new AblatedDiffusion(64, 32);
  private static final AblatedDiffusion PUBLISHED = new AblatedDiffusion(256, 256);
  private static final Map<String, String> STAGES = new LinkedHashMap<>();

  static {
    STAGES.put("x = u8/255*2-1", "pixels");
    STAGES.put("input_blocks.0", "input_blocks.0");
    STAGES.put("input_blocks.1", "input_blocks.1");
    STAGES.put("input_blocks.3 (down)", "input_blocks.3");
    STAGES.put("input_blocks.10 (resblock + attention)", "input_blocks.10");
    STAGES.put("middle_block", "middle_block");
    STAGES.put("output_blocks.8", "output_blocks.8");
    STAGES.put("output_blocks.17", "output_blocks.17");
    STAGES.put("predicted noise (first 3 channels)", "noise");
    STAGES.put("eps (closed form clamp)", "eps");
  }

  @TempDir Path folder;

  @Test
  void scoresAsTheReferenceDoesWithBothStudents() throws IOException, OrtException {
    assertLogits(Golden.load("distildire-small"), SMALL);
  }

  @Test
  void passesThroughTheReferencesStages() throws IOException, OrtException {
    assertStages(Golden.load("distildire-small"), SMALL);
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    assertHalfPrecision(Golden.load("distildire-small"), SMALL);
  }

  @Test
  @Tag("full")
  void halfPrecisionStaysNearAtFullSize() throws IOException, OrtException {
    assertHalfPrecision(Golden.load("distildire"), PUBLISHED);
  }

  @Test
  @Tag("full")
  void scoresAsTheReferenceDoesAtFullSize() throws IOException, OrtException {
    assertLogits(Golden.load("distildire"), PUBLISHED);
  }

  @Test
  @Tag("full")
  void passesThroughTheReferencesStagesAtFullSize() throws IOException, OrtException {
    assertStages(Golden.load("distildire"), PUBLISHED);
  }

  private void assertLogits(Golden golden, AblatedDiffusion diffusion)
      throws IOException, OrtException {
    JsonNode testCase = golden.testCase(0);
    for (boolean withImage : List.of(true, false)) {
      String name = withImage ? "student_logit" : "eps_only_student_logit (3-channel conv1)";
      try (Model model =
          Model.of(
              folder,
              new DistilDire(diffusion, withImage),
              weights(golden, withImage),
              OnnxType.FLOAT32)) {
        float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
        Golden.assertClose(logits, Golden.floats(testCase.get(name)), LOGIT);
      }
    }
  }

  private void assertHalfPrecision(Golden golden, AblatedDiffusion diffusion)
      throws IOException, OrtException {
    JsonNode testCase = golden.testCase(0);
    try (Model model =
        Model.of(
            folder, new DistilDire(diffusion, true), weights(golden, true), OnnxType.FLOAT16)) {
      float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
      Golden.assertClose(logits, Golden.floats(testCase.get("student_logit")), 1e-2);
    }
  }

  private void assertStages(Golden golden, AblatedDiffusion diffusion)
      throws IOException, OrtException {
    JsonNode testCase = golden.testCase(0);
    Map<String, String> student = new LinkedHashMap<>();
    for (int i = 1; i <= 4; i++) {
      student.put("layer" + i, "student_backbone.layer" + i);
    }
    try (Model model =
        Model.of(folder, new DistilDire(diffusion, true), weights(golden, true), OnnxType.FLOAT32)
            .exposing(STAGES.values())
            .exposing(student.values())) {
      Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
      STAGES.forEach(
          (name, stage) ->
              Golden.assertSummary(
                  name, outputs.get(stage), testCase.get("stages").get(name), UNET));
      student.forEach(
          (name, stage) ->
              Golden.assertSummary(
                  name, outputs.get(stage), testCase.get("student_stages").get(name), UNET));
    }
  }

  private static List<FormulaTensor> weights(Golden golden, boolean withImage) {
    List<FormulaTensor> weights = new ArrayList<>(FormulaTensor.of(golden.root().get("unet_keys")));
    for (FormulaTensor tensor : FormulaTensor.of(golden.root().get("student_keys"))) {
      boolean first = tensor.name().equals("student_backbone.conv1.weight");
      weights.add(first && !withImage ? FormulaTensor.of(tensor.name(), 64, 3, 7, 7) : tensor);
    }
    return weights;
  }
}
