package org.touchstone.checkpoints.networks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.formula.Formula;
import org.touchstone.checkpoints.formula.FormulaTensor;
import org.touchstone.checkpoints.onnx.ElementType;

class GenConVitTest {
  private static final double LOGITS = 3e-6;
  private static final GenConVitEd SMALL =
      new GenConVitEd(
          64, new ConvNext(new int[] {1, 1, 2, 1}, new int[] {16, 32, 64, 128}, 40), 20);

  @TempDir Path folder;

  @Test
  void scoresAsTheReferenceDoes() throws IOException, OrtException {
    assertLogits(Golden.load("genconvit-ed-small"), SMALL);
  }

  @Test
  void passesThroughTheReferencesStages() throws IOException, OrtException {
    assertStages(Golden.load("genconvit-ed-small"), SMALL);
  }

  @Test
  void scoresEachImageOfABatchAsItWouldAlone() throws IOException, OrtException {
    Golden golden = Golden.load("genconvit-ed-small");
    JsonNode testCase = golden.testCase(0);
    byte[] both = Golden.input(testCase);
    try (Model model =
        Model.of(folder, SMALL, FormulaTensor.of(golden.root().get("keys")), ElementType.FLOAT32)) {
      byte[] second = Arrays.copyOfRange(both, both.length / 2, both.length);
      float[] alone = model.run(second, new long[] {1, 64, 64, 3}).get("logits");
      Golden.assertClose(alone, Golden.floats(testCase.get("logits").get(1)), LOGITS);
    }
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    Golden golden = Golden.load("genconvit-ed-small");
    JsonNode testCase = golden.testCase(0);
    try (Model model =
        Model.of(folder, SMALL, FormulaTensor.of(golden.root().get("keys")), ElementType.FLOAT16)) {
      float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
      Golden.assertClose(logits, flat(testCase.get("logits")), 1e-2);
    }
  }

  @Test
  @Tag("full")
  void scoresAsTheReferenceDoesAtFullSize() throws IOException, OrtException {
    assertLogits(Golden.load("genconvit-ed"), GenConVitEd.PUBLISHED);
  }

  @Test
  @Tag("full")
  void passesThroughTheReferencesStagesAtFullSize() throws IOException, OrtException {
    assertStages(Golden.load("genconvit-ed"), GenConVitEd.PUBLISHED);
  }

  @Test
  @Tag("full")
  void theVariationalNetworkScoresAsTheReferenceDoesWithItsNoise()
      throws IOException, OrtException {
    Golden golden = Golden.load("genconvit-vae");
    List<String> stages =
        List.of(
            "pixels",
            "encoder.features",
            "mu",
            "z",
            "x_hat",
            "backbone.image",
            "backbone.x_hat",
            "fc");
    List<String> names =
        List.of(
            "normalised_input",
            "encoder.features [N,128,14,14]",
            "mu [N,12544]",
            "z [N,12544]",
            "x_hat [N,3,112,112]",
            "convnext_backbone (input image)",
            "convnext_backbone (x_hat)",
            "fc");
    try (Model model =
        Model.of(
                folder,
                new GenConVitVae(true),
                FormulaTensor.of(golden.root().get("keys")),
                ElementType.FLOAT32)
            .exposing(stages)) {
      for (int i = 0; i < 2; i++) {
        JsonNode testCase = golden.testCase(i);
        float[] noise = i == 0 ? Formula.noise(2 * 12544) : new float[2 * 12544];
        Map<String, float[]> outputs =
            model.run(Golden.input(testCase), Golden.shape(testCase), noise);
        for (int s = 0; s < stages.size(); s++) {
          Golden.assertSummary(
              names.get(s),
              outputs.get(stages.get(s)),
              testCase.get("stages").get(names.get(s)),
              1e-5);
        }
        Golden.assertClose(outputs.get("logits"), flat(testCase.get("logits")), LOGITS);
      }
    }
  }

  @Test
  @Tag("full")
  void theVariationalNetworkIsDeterministicWithoutNoise() throws IOException, OrtException {
    Golden golden = Golden.load("genconvit-vae");
    JsonNode zeroNoise = golden.testCase(1);
    try (Model model =
        Model.of(
            folder,
            GenConVitVae.DETERMINISTIC,
            FormulaTensor.of(golden.root().get("keys")),
            ElementType.FLOAT32)) {
      float[] logits = model.run(Golden.input(zeroNoise), Golden.shape(zeroNoise)).get("logits");
      Golden.assertClose(logits, flat(zeroNoise.get("logits")), LOGITS);
    }
  }

  private void assertLogits(Golden golden, GenConVitEd network) throws IOException, OrtException {
    try (Model model =
        Model.of(
            folder, network, FormulaTensor.of(golden.root().get("keys")), ElementType.FLOAT32)) {
      for (JsonNode testCase : golden.root().get("cases")) {
        Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
        assertThat(outputs).containsOnlyKeys("logits");
        Golden.assertClose(outputs.get("logits"), flat(testCase.get("logits")), LOGITS);
      }
    }
  }

  private void assertStages(Golden golden, GenConVitEd network) throws IOException, OrtException {
    Map<String, String> plain = new LinkedHashMap<>();
    plain.put("normalised_input", "pixels");
    plain.put("encoder", "encoder");
    plain.put("decoder", "decoder");
    plain.put("fc", "fc");
    List<String> doubled =
        List.of("backbone.stem", "backbone.stages.0", "backbone.stages.3", "backbone");
    JsonNode testCase = golden.testCase(0);
    JsonNode stages = testCase.get("stages");
    try (Model model =
        Model.of(folder, network, FormulaTensor.of(golden.root().get("keys")), ElementType.FLOAT32)
            .exposing(plain.values())
            .exposing(doubled)) {
      Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
      plain.forEach(
          (name, stage) ->
              Golden.assertSummary(
                  name, outputs.get(stage), stages.get(name), tolerance(stages.get(name))));
      for (String stage : doubled) {
        float[] both = outputs.get(stage);
        int half = both.length / 2;
        JsonNode decoded = stages.get(stage + " (decoded image)");
        JsonNode image = stages.get(stage + " (input image)");
        Golden.assertSummary(stage, Arrays.copyOf(both, half), decoded, tolerance(decoded));
        Golden.assertSummary(
            stage, Arrays.copyOfRange(both, half, 2 * half), image, tolerance(image));
      }
    }
  }

  /** A few units in the last place of the largest value. */
  private static double tolerance(JsonNode stage) {
    return 2e-6 * Math.max(1, stage.get("max").asDouble());
  }

  private static float[] flat(JsonNode rows) {
    float[] values = new float[rows.size() * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows.get(i / 2).get(i % 2).asDouble();
    }
    return values;
  }
}
