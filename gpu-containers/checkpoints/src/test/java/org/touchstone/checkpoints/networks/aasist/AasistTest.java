package org.touchstone.checkpoints.networks.aasist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.FormulaTensor;

class AasistTest {
  private static final int SAMPLES = 64_600;

  private static final double LOGIT = 1e-5;
  private static final double HIDDEN = 1e-5;

  /**
   * Folder of the authors' {@code AASIST.pth} and {@code AASIST-L.pth}, which are not part of the
   * tests.
   */
  private static final String PUBLISHED = "touchstone.aasist";

  @TempDir Path folder;

  /** The weights as their authors published them. */
  @ParameterizedTest
  @CsvSource({"FULL, AASIST", "LIGHT, AASIST-L"})
  @EnabledIfSystemProperty(
      named = PUBLISHED,
      matches = ".+",
      disabledReason = "needs -Dtouchstone.aasist=FOLDER with the published weights")
  void scoresAsThePublishedModelsDo(Aasist.Size size, String name)
      throws IOException, OrtException {
    JsonNode golden = Golden.load("aasist").root().at("/cases/" + name);
    Path file = Path.of(System.getProperty(PUBLISHED), name + ".pth");
    try (Model model =
        Model.of(folder, new Aasist(size), file, OnnxType.FLOAT32).exposing(List.of("hidden"))) {
      for (String each : List.of("harmonic", "noise", "chirp")) {
        JsonNode testCase = golden.get(each);
        float[] wave = wave(each);
        Golden.assertClose(Arrays.copyOf(wave, 4), Golden.floats(testCase.get("input_first4")), 0);
        Map<String, float[]> outputs = model.run(input(wave));
        Golden.assertClose(outputs.get("logits"), Golden.floats(testCase.get("logits")), LOGIT);
        float[] hidden = outputs.get("hidden");
        assertThat(hidden).hasSize(testCase.get("last_hidden_len").asInt());
        Golden.assertClose(
            Arrays.copyOf(hidden, 16), Golden.floats(testCase.get("last_hidden_first16")), HIDDEN);
      }
    }
  }

  /**
   * The reference has no results for weights by formula. The expected logits are those of the
   * graphs that gave the golden results of the published weights within 1e-5.
   */
  @ParameterizedTest
  @CsvSource({"FULL, AASIST, 2.8197649, -1.3743362", "LIGHT, AASIST-L, 1.6869266, -2.1062794"})
  void keepsTheNodesOfTheGraph(Aasist.Size size, String name, float spoof, float bonaFide)
      throws IOException, OrtException {
    try (Model model = formula(size, name, OnnxType.FLOAT32)) {
      float[] logits = model.run(input(wave("chirp"))).get("logits");
      Golden.assertClose(logits, new float[] {spoof, bonaFide}, 2 * LOGIT);
    }
  }

  @Test
  void halfPrecisionKeepsTheSameNodes() throws IOException, OrtException {
    float[] expected;
    try (Model model = formula(Aasist.Size.LIGHT, "AASIST-L", OnnxType.FLOAT32)) {
      expected = model.run(input(wave("chirp"))).get("logits");
    }
    try (Model model = formula(Aasist.Size.LIGHT, "AASIST-L", OnnxType.FLOAT16)) {
      Golden.assertClose(model.run(input(wave("chirp"))).get("logits"), expected, 2e-2);
    }
  }

  @Test
  void judgesEachWindowOfABatchOnItsOwn() throws IOException, OrtException {
    float[] both = Arrays.copyOf(wave("harmonic"), 2 * SAMPLES);
    System.arraycopy(wave("chirp"), 0, both, SAMPLES, SAMPLES);
    try (Model model = formula(Aasist.Size.LIGHT, "AASIST-L", OnnxType.FLOAT32)) {
      float[] logits = model.run(new Model.Extra("waveform", both, 2, SAMPLES)).get("logits");
      Golden.assertClose(
          Arrays.copyOf(logits, 2), model.run(input(wave("harmonic"))).get("logits"), LOGIT);
      Golden.assertClose(
          Arrays.copyOfRange(logits, 2, 4), model.run(input(wave("chirp"))).get("logits"), LOGIT);
    }
  }

  private Model formula(Aasist.Size size, String name, OnnxType type)
      throws IOException, OrtException {
    List<FormulaTensor> weights = FormulaTensor.of("aasist", "/cases/" + name + "/keys");
    return Model.of(folder, new Aasist(size), weights, type);
  }

  private static Model.Extra input(float[] wave) {
    return new Model.Extra("waveform", wave, 1, SAMPLES);
  }

  /** A golden case's waveform: computed in double, rounded once. */
  private static float[] wave(String name) {
    long seed = Formula.seed("input:aasist" + (name.equals("noise") ? "-noise" : ""));
    float[] wave = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      double t = i / 16_000.0;
      wave[i] =
          (float)
              switch (name) {
                case "harmonic" ->
                    (0.3 * Math.sin(2 * Math.PI * 140 * t)
                                + 0.2 * Math.sin(2 * Math.PI * 280 * t)
                                + 0.1 * Math.sin(2 * Math.PI * 2200 * t))
                            * (0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * t))
                        + 0.02 * Formula.uniform(seed, i);
                case "noise" -> 0.2 * Formula.uniform(seed, i);
                case "chirp" -> 0.4 * Math.sin(2 * Math.PI * (100 * t + 400 * t * t));
                default -> throw new IllegalArgumentException(name);
              };
    }
    return wave;
  }
}
