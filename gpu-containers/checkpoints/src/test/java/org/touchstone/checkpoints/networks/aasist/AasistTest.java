package org.touchstone.checkpoints.networks.aasist;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.FormulaTensor;

class AasistTest {
  private static final int SAMPLES = 64_600;

  private static final double LOGIT = 1e-5;
  private static final double HIDDEN = 1e-5;
  private static final String LIGHT = "/cases/AASIST-L";

  @TempDir Path folder;

  /** The weights as their authors published them. */
  @Test
  void scoresAsThePublishedLightModelDoes() throws IOException, OrtException {
    JsonNode golden = Golden.load("aasist").root().at(LIGHT);
    try (Model model = published(OnnxType.FLOAT32).exposing(List.of("hidden"))) {
      for (String name : List.of("harmonic", "noise", "chirp")) {
        JsonNode testCase = golden.get(name);
        float[] wave = wave(name);
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

  @Test
  void halfPrecisionKeepsTheSameNodes() throws IOException, OrtException {
    JsonNode expected = Golden.load("aasist").root().at(LIGHT + "/chirp/logits");
    try (Model model = published(OnnxType.FLOAT16)) {
      float[] logits = model.run(input(wave("chirp"))).get("logits");
      Golden.assertClose(logits, Golden.floats(expected), 1e-2);
    }
  }

  @Test
  void judgesEachWindowOfABatchOnItsOwn() throws IOException, OrtException {
    JsonNode golden = Golden.load("aasist").root().at(LIGHT);
    float[] both = Arrays.copyOf(wave("harmonic"), 2 * SAMPLES);
    System.arraycopy(wave("chirp"), 0, both, SAMPLES, SAMPLES);
    try (Model model = published(OnnxType.FLOAT32)) {
      float[] logits = model.run(new Model.Extra("waveform", both, 2, SAMPLES)).get("logits");
      Golden.assertClose(
          Arrays.copyOf(logits, 2), Golden.floats(golden.at("/harmonic/logits")), LOGIT);
      Golden.assertClose(
          Arrays.copyOfRange(logits, 2, 4), Golden.floats(golden.at("/chirp/logits")), LOGIT);
    }
  }

  /**
   * The reference has no result for AASIST with weights by formula. The expected logits are those
   * of the graph that gave the three golden results of AASIST's published weights within 2.5e-6.
   */
  @Test
  void keepsTheNodesOfTheFullModel() throws IOException, OrtException {
    List<FormulaTensor> weights = FormulaTensor.of("aasist", "/cases/AASIST/keys");
    try (Model model = Model.of(folder, new Aasist(Aasist.Size.FULL), weights, OnnxType.FLOAT32)) {
      float[] logits = model.run(input(wave("chirp"))).get("logits");
      Golden.assertClose(logits, new float[] {2.8197649f, -1.3743362f}, 2 * LOGIT);
    }
  }

  private Model published(OnnxType type) throws IOException, OrtException {
    Path file = folder.resolve("AASIST-L.pth");
    try (InputStream in = getClass().getResourceAsStream("/checkpoints/aasist-l.pth")) {
      Files.copy(in, file);
    }
    return Model.of(folder, new Aasist(Aasist.Size.LIGHT), file, type);
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
