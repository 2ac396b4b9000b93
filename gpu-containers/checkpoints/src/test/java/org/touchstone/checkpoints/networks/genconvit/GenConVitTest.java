package org.touchstone.checkpoints.networks.genconvit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.layers.ConvNext;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.FormulaTensor;

class GenConVitTest {
  private static final double LOGITS = 3e-6;
  private static final GenConVit SMALL =
      new GenConVit(
          64,
          Optional.of(
              new GenConVitEd(
                  new ConvNext(new int[] {1, 1, 2, 1}, new int[] {16, 32, 64, 128}, 40), 20)),
          Optional.empty());
  private static final GenConVit ED =
      new GenConVit(224, Optional.of(GenConVitEd.PUBLISHED), Optional.empty());

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
    try (Model model = Model.of(folder, SMALL, ed(golden), OnnxType.FLOAT32)) {
      byte[] second = Arrays.copyOfRange(both, both.length / 2, both.length);
      float[] alone = model.run(second, new long[] {1, 64, 64, 3}).get("logits");
      Golden.assertClose(alone, Golden.floats(testCase.get("logits").get(1)), LOGITS);
    }
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    assertHalfPrecision(Golden.load("genconvit-ed-small"), SMALL);
  }

  @Test
  @Tag("full")
  void halfPrecisionStaysNearAtFullSize() throws IOException, OrtException {
    assertHalfPrecision(Golden.load("genconvit-ed"), ED);
  }

  @Test
  @Tag("full")
  void scoresAsTheReferenceDoesAtFullSize() throws IOException, OrtException {
    assertLogits(Golden.load("genconvit-ed"), ED);
  }

  @Test
  @Tag("full")
  void passesThroughTheReferencesStagesAtFullSize() throws IOException, OrtException {
    assertStages(Golden.load("genconvit-ed"), ED);
  }

  @Test
  @Tag("full")
  void theVariationalNetworkScoresAsTheReferenceDoesWithItsNoise()
      throws IOException, OrtException {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("normalised_input", "pixels");
    names.put("encoder.features [N,128,14,14]", "vae.encoder.features");
    names.put("mu [N,12544]", "vae.mu");
    names.put("z [N,12544]", "vae.z");
    names.put("x_hat [N,3,112,112]", "vae.x_hat");
    names.put("convnext_backbone (input image)", "vae.backbone.image");
    names.put("convnext_backbone (x_hat)", "vae.backbone.x_hat");
    names.put("fc", "vae.fc");
    Golden golden = Golden.load("genconvit-vae");
    GenConVit network = new GenConVit(224, Optional.empty(), Optional.of(new GenConVitVae()));
    try (Model model =
        Model.of(folder, network, vae(golden), OnnxType.FLOAT32).exposing(names.values())) {
      for (JsonNode testCase : golden.root().get("cases")) {
        boolean zero = testCase.get("eps").asText().equals("zero");
        float[] noise = zero ? new float[2 * 12544] : Formula.noise(2 * 12544);
        Map<String, float[]> outputs =
            model.run(
                Golden.input(testCase),
                Golden.shape(testCase),
                new Model.Extra("noise", noise, 2, GenConVitVae.LATENT));
        names.forEach(
            (name, stage) ->
                Golden.assertSummary(
                    name, outputs.get(stage), testCase.get("stages").get(name), 1e-5));
        Golden.assertClose(outputs.get("logits"), rows(testCase), LOGITS);
      }
    }
  }

  @Test
  @Tag("full")
  void bothNetworksTogetherScoreAsEachDoesAndWithoutNoise() throws IOException, OrtException {
    Golden golden = Golden.load("genconvit-vae");
    JsonNode zeroNoise = golden.testCase(1);
    List<FormulaTensor> weights = new ArrayList<>(vae(golden));
    weights.addAll(ed(Golden.load("genconvit-ed")));
    GenConVit network =
        new GenConVit(224, Optional.of(GenConVitEd.PUBLISHED), Optional.of(new GenConVitVae()));
    try (Model model = Model.of(folder, network, weights, OnnxType.FLOAT32)) {
      Map<String, float[]> outputs =
          model.run(
              Golden.input(zeroNoise),
              Golden.shape(zeroNoise),
              new Model.Extra("noise", new float[2 * GenConVitVae.LATENT], 2, GenConVitVae.LATENT));
      float[] logits = outputs.get("logits");
      assertThat(logits).hasSize(8);
      float[] ofVae = {logits[2], logits[3], logits[6], logits[7]};
      Golden.assertClose(ofVae, rows(zeroNoise), LOGITS);
      double first = (softmax(logits, 0) + softmax(logits, 2)) / 2;
      double second = (softmax(logits, 4) + softmax(logits, 6)) / 2;
      Golden.assertClose(
          outputs.get("probabilities"),
          new float[] {(float) first, (float) (1 - first), (float) second, (float) (1 - second)},
          1e-6);
    }
  }

  @Test
  @Tag("full")
  void theVariationalNetworkStaysNearInHalfPrecision() throws IOException, OrtException {
    Golden golden = Golden.load("genconvit-vae");
    GenConVit network = new GenConVit(224, Optional.empty(), Optional.of(new GenConVitVae()));
    try (Model model = Model.of(folder, network, vae(golden), OnnxType.FLOAT16)) {
      JsonNode testCase = golden.testCase(0);
      Model.Extra noise =
          new Model.Extra("noise", Formula.noise(2 * GenConVitVae.LATENT), 2, GenConVitVae.LATENT);
      float[] logits =
          model.run(Golden.input(testCase), Golden.shape(testCase), noise).get("logits");
      Golden.assertClose(logits, rows(testCase), 1e-2);
    }
  }

  private void assertHalfPrecision(Golden golden, GenConVit network)
      throws IOException, OrtException {
    JsonNode testCase = golden.testCase(0);
    try (Model model = Model.of(folder, network, ed(golden), OnnxType.FLOAT16)) {
      float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
      Golden.assertClose(logits, rows(testCase), 1e-2);
    }
  }

  /** The probability of the first of two classes. */
  private static double softmax(float[] logits, int at) {
    return 1 / (1 + Math.exp((double) logits[at + 1] - logits[at]));
  }

  private void assertLogits(Golden golden, GenConVit network) throws IOException, OrtException {
    try (Model model = Model.of(folder, network, ed(golden), OnnxType.FLOAT32)) {
      for (JsonNode testCase : golden.root().get("cases")) {
        Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
        float[] logits = outputs.get("logits");
        Golden.assertClose(logits, rows(testCase), LOGITS);
        float fake = (float) softmax(logits, 0);
        float[] first = Arrays.copyOf(outputs.get("probabilities"), 2);
        Golden.assertClose(first, new float[] {fake, 1 - fake}, 1e-6);
      }
    }
  }

  private void assertStages(Golden golden, GenConVit network) throws IOException, OrtException {
    Map<String, String> plain = new LinkedHashMap<>();
    plain.put("normalised_input", "pixels");
    plain.put("encoder", "ed.encoder");
    plain.put("decoder", "ed.decoder");
    plain.put("fc", "ed.fc");
    List<String> doubled =
        List.of("backbone.stem", "backbone.stages.0", "backbone.stages.3", "backbone");
    JsonNode testCase = golden.testCase(0);
    JsonNode stages = testCase.get("stages");
    try (Model model =
        Model.of(folder, network, ed(golden), OnnxType.FLOAT32)
            .exposing(plain.values())
            .exposing(doubled.stream().map(stage -> "ed." + stage).toList())) {
      Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
      plain.forEach((name, stage) -> assertStage(name, outputs.get(stage), stages.get(name)));
      for (String stage : doubled) {
        float[] both = outputs.get("ed." + stage);
        int half = both.length / 2;
        assertStage(stage, Arrays.copyOf(both, half), stages.get(stage + " (decoded image)"));
        assertStage(
            stage, Arrays.copyOfRange(both, half, 2 * half), stages.get(stage + " (input image)"));
      }
    }
  }

  /** Asserts equality within a few units in the last place of the largest value. */
  private static void assertStage(String name, float[] actual, JsonNode expected) {
    double tolerance = 2e-6 * Math.max(1, expected.get("max").asDouble());
    Golden.assertSummary(name, actual, expected, tolerance);
  }

  private static List<FormulaTensor> ed(Golden golden) {
    return prefixed(golden, GenConVit.ED);
  }

  private static List<FormulaTensor> vae(Golden golden) {
    return prefixed(golden, GenConVit.VAE);
  }

  private static List<FormulaTensor> prefixed(Golden golden, String prefix) {
    return FormulaTensor.of(golden.root().get("keys")).stream()
        .map(tensor -> tensor.named(prefix + tensor.name()))
        .toList();
  }

  private static float[] rows(JsonNode testCase) {
    JsonNode rows = testCase.get("logits");
    float[] values = new float[rows.size() * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows.get(i / 2).get(i % 2).asDouble();
    }
    return values;
  }
}
