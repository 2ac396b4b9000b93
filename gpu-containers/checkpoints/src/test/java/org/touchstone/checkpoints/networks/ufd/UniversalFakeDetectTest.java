package org.touchstone.checkpoints.networks.ufd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.layers.ClipVision;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.networks.ufd.UniversalFakeDetect.Linear;
import org.touchstone.checkpoints.networks.ufd.UniversalFakeDetect.NearestNeighbour;
import org.touchstone.checkpoints.networks.ufd.UniversalFakeDetect.TwoLayers;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.FormulaTensor;

class UniversalFakeDetectTest {
  private static final double EMBEDDING = 1.5e-5;
  private static final double LOGIT = 3e-6;
  private static final ClipVision SMALL = new ClipVision(56, 14, 64, 2, 2, 32);

  @TempDir Path folder;

  @Test
  void scoresAsTheReferenceDoesWithBothHeads() throws IOException, OrtException {
    Golden golden = Golden.load("clip-vit-small");
    assertHead(
        golden, new UniversalFakeDetect(SMALL, new TwoLayers(16, ".")), "head_keys", "ufd_t_logit");
    assertHead(
        golden,
        new UniversalFakeDetect(SMALL, new Linear()),
        "original_linear_head_keys",
        "ufd_original_linear_logit");
  }

  @Test
  void readsHeadsThatNameTheirLayersWithUnderscores() throws IOException, OrtException {
    Golden golden = Golden.load("clip-vit-small");
    List<FormulaTensor> weights = FormulaTensor.of(golden.root().get("keys"));
    List<FormulaTensor> head = new ArrayList<>(weights);
    FormulaTensor.of(golden.root().get("head_keys"))
        .forEach(t -> head.add(t.named(t.name().replace('.', '_'))));
    UniversalFakeDetect network = new UniversalFakeDetect(SMALL, new TwoLayers(16, "_"));
    JsonNode testCase = golden.testCase(0);
    try (Model model = Model.of(folder, network, head, OnnxType.FLOAT32)) {
      float[] logit = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
      Golden.assertClose(logit, Golden.floats(testCase.get("ufd_t_logit")), LOGIT);
    }
  }

  @Test
  void passesThroughTheReferencesStages() throws IOException, OrtException {
    assertStages(
        Golden.load("clip-vit-small"),
        new UniversalFakeDetect(SMALL, new TwoLayers(16, ".")),
        64,
        5e-6);
  }

  @Test
  void judgesEachPatchAndEachImageOfABatchOnItsOwn() throws IOException, OrtException {
    Golden golden = Golden.load("clip-vit-small");
    UniversalFakeDetect network = new UniversalFakeDetect(SMALL, new TwoLayers(16, "."));
    byte[] first = Golden.input(golden.testCase(0));
    byte[] second = Golden.input(golden.testCase(1));
    byte[] both = Arrays.copyOf(first, 2 * first.length);
    System.arraycopy(second, 0, both, first.length, first.length);
    try (Model model = Model.of(folder, network, weights(golden, "head_keys"), OnnxType.FLOAT32)) {
      Map<String, float[]> together = model.run(both, new long[] {2, 56, 56, 3});
      Map<String, float[]> alone = model.run(second, new long[] {1, 56, 56, 3});
      assertThat(together.get("patch_logits")).hasSize(2 * 16);
      for (String output : List.of("logits", "embedding", "patch_logits")) {
        float[] all = together.get(output);
        Golden.assertClose(
            Arrays.copyOfRange(all, all.length / 2, all.length), alone.get(output), 2e-6);
      }
    }
  }

  @Test
  void theNearestNeighbourDecides() throws IOException, OrtException {
    Golden golden = Golden.load("clip-vit-small");
    JsonNode testCase = golden.testCase(0);
    List<FormulaTensor> weights = new ArrayList<>(FormulaTensor.of(golden.root().get("keys")));
    weights.add(FormulaTensor.of("real", 7, 32));
    weights.add(FormulaTensor.of("fake", 5, 32));
    UniversalFakeDetect network = new UniversalFakeDetect(SMALL, new NearestNeighbour(7, 5));
    try (Model model = Model.of(folder, network, weights, OnnxType.FLOAT32)) {
      Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
      float[] embedding = outputs.get("embedding");
      double expected =
          nearest(embedding, FormulaTensor.of("fake", 5, 32))
              - nearest(embedding, FormulaTensor.of("real", 7, 32));
      assertThat((double) outputs.get("logits")[0]).isCloseTo(expected, within(1e-6));
    }
  }

  private static double nearest(float[] embedding, FormulaTensor bank) {
    double best = -1;
    for (int r = 0; r < bank.shape()[0]; r++) {
      double dot = 0;
      double squares = 0;
      double own = 0;
      for (int c = 0; c < embedding.length; c++) {
        double b = bank.value((long) r * embedding.length + c);
        dot += b * embedding[c];
        squares += b * b;
        own += embedding[c] * embedding[c];
      }
      best = Math.max(best, dot / Math.sqrt(squares * own));
    }
    return best;
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    assertHalfPrecision(
        Golden.load("clip-vit-small"), new UniversalFakeDetect(SMALL, new TwoLayers(16, ".")));
  }

  @Test
  @Tag("full")
  void halfPrecisionStaysNearAtFullSize() throws IOException, OrtException {
    assertHalfPrecision(
        Golden.load("clip-vit-l14"),
        new UniversalFakeDetect(ClipVision.LARGE_14, new TwoLayers(384, ".")));
  }

  @Test
  @Tag("full")
  void scoresAsTheReferenceDoesAtFullSize() throws IOException, OrtException {
    Golden golden = Golden.load("clip-vit-l14");
    assertHead(
        golden,
        new UniversalFakeDetect(ClipVision.LARGE_14, new TwoLayers(384, ".")),
        "head_keys",
        "ufd_t_logit");
    assertHead(
        golden,
        new UniversalFakeDetect(ClipVision.LARGE_14, new Linear()),
        "original_linear_head_keys",
        "ufd_original_linear_logit");
  }

  @Test
  @Tag("full")
  void passesThroughTheReferencesStagesAtFullSize() throws IOException, OrtException {
    assertStages(
        Golden.load("clip-vit-l14"),
        new UniversalFakeDetect(ClipVision.LARGE_14, new TwoLayers(384, ".")),
        1024,
        2e-5);
  }

  private void assertHead(Golden golden, UniversalFakeDetect network, String keys, String logit)
      throws IOException, OrtException {
    try (Model model = Model.of(folder, network, weights(golden, keys), OnnxType.FLOAT32)) {
      assertThat(model.properties()).containsEntry("head", network.head().code());
      for (JsonNode testCase : golden.root().get("cases")) {
        Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
        Golden.assertClose(outputs.get("logits"), Golden.floats(testCase.get(logit)), LOGIT);
        JsonNode stages = testCase.path("stages");
        JsonNode embedding =
            stages.isMissingNode()
                ? testCase.get("image_embeds")
                : stages.get("image_embeds [1,D] (not normalised)");
        Golden.assertSummary("embedding", outputs.get("embedding"), embedding, EMBEDDING);
      }
    }
  }

  private void assertHalfPrecision(Golden golden, UniversalFakeDetect network)
      throws IOException, OrtException {
    JsonNode testCase = golden.testCase(0);
    try (Model model = Model.of(folder, network, weights(golden, "head_keys"), OnnxType.FLOAT16)) {
      float[] logit = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
      Golden.assertClose(logit, Golden.floats(testCase.get("ufd_t_logit")), 1e-2);
    }
  }

  private void assertStages(Golden golden, UniversalFakeDetect network, int width, double tolerance)
      throws IOException, OrtException {
    int last = network.clip().depth() - 1;
    Map<String, String> names = new LinkedHashMap<>();
    names.put("normalised_input", "pixels");
    names.put("pre_layrnorm [1,T,W]", "pre_layrnorm");
    names.put("after encoder layer 0 [1,T,W]", "layers.0");
    names.put("after last encoder layer [1,T,W]", "layers." + last);
    JsonNode testCase = golden.testCase(0);
    JsonNode stages = testCase.get("stages");
    if (last > 11) {
      names.put("after encoder layer 11 [1,T,W]", "layers.11");
    }
    try (Model model =
        Model.of(folder, network, weights(golden, "head_keys"), OnnxType.FLOAT32)
            .exposing(names.values())
            .exposing(List.of("post_layernorm"))) {
      Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
      names.forEach(
          (name, stage) ->
              Golden.assertSummary(name, outputs.get(stage), stages.get(name), tolerance));
      Golden.assertSummary(
          "post_layernorm",
          Arrays.copyOf(outputs.get("post_layernorm"), width),
          stages.get("post_layernorm(CLS) [1,W]"),
          tolerance);
    }
  }

  private static List<FormulaTensor> weights(Golden golden, String head) {
    List<FormulaTensor> weights = new ArrayList<>(FormulaTensor.of(golden.root().get("keys")));
    weights.addAll(FormulaTensor.of(golden.root().get(head)));
    return weights;
  }
}
