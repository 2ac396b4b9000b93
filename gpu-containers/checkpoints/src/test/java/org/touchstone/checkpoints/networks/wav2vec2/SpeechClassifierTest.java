package org.touchstone.checkpoints.networks.wav2vec2;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.networks.wav2vec2.SpeechClassifier.Head;
import org.touchstone.checkpoints.networks.wav2vec2.SpeechClassifier.Linear;
import org.touchstone.checkpoints.networks.wav2vec2.SpeechClassifier.Projector;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.FormulaTensor;

class SpeechClassifierTest {
  private static final double LOGIT = 5e-6;
  private static final String CONV = "wav2vec2.encoder.pos_conv_embed.conv.";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"stable", "base"})
  void scoresAsTheReferenceDoesWithBothHeads(String variant) throws IOException, OrtException {
    assertScores(variant, weights(variant), new Projector(16), "logits", LOGIT);
    assertScores(variant, linear(variant), new Linear(), "logits_linear_on_mean", LOGIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stable", "base"})
  void halfPrecisionStaysNear(String variant) throws IOException, OrtException {
    try (Model model =
        Model.of(
            folder,
            network(variant, new Projector(16), true, "weight_g", "weight_v"),
            weights(variant),
            OnnxType.FLOAT16)) {
      assertCases(model, variant, true, "logits", 2e-2);
    }
  }

  @Test
  void readsThePositionsKernelUnderBothOfItsNames() throws IOException, OrtException {
    String parts = "parametrizations.weight.original";
    List<FormulaTensor> recent =
        weights("stable").stream()
            .map(
                t ->
                    switch (t.name()) {
                      case CONV + "weight_g" -> t.named(CONV + parts + "0");
                      case CONV + "weight_v" -> t.named(CONV + parts + "1");
                      default -> t;
                    })
            .toList();
    SpeechClassifier network = network("stable", new Projector(16), true, parts + "0", parts + "1");
    try (Model model = Model.of(folder, network, recent, OnnxType.FLOAT32)) {
      assertCases(model, "stable", true, "logits", LOGIT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"stable", "base"})
  void passesThroughTheReferencesStages(String variant) throws IOException, OrtException {
    JsonNode testCase = cases(variant).get(0);
    JsonNode stages = testCase.get("stages");
    String prefix = SpeechTransformer.PREFIX;
    Map<String, String> names = new LinkedHashMap<>();
    names.put("after conv layer 0 [B,C,T]", prefix + "conv_layers.0");
    names.put("feature extractor [B,C,T]", prefix + "features");
    names.put("feature projection [B,T,W]", prefix + "projected");
    names.put("positional convolution [B,T,W]", prefix + "positions");
    names.put("after layer 0 [B,T,W]", prefix + "layers.0");
    names.put("last_hidden_state [B,T,W]", prefix + "hidden");
    names.put("mean over time [B,W]", prefix + "mean");
    SpeechClassifier network = network(variant, new Projector(16), true, "weight_g", "weight_v");
    try (Model model =
        Model.of(folder, network, weights(variant), OnnxType.FLOAT32)
            .exposing(names.values())
            .exposing(List.of(prefix + "waveform"))) {
      Map<String, float[]> outputs = model.run(wave(testCase));
      Golden.assertSummary(
          "waveform",
          outputs.get(prefix + "waveform"),
          testCase.get("waveform_after_normalising"),
          2e-6);
      names.forEach(
          (stage, output) ->
              Golden.assertSummary(stage, outputs.get(output), stages.get(stage), 1e-5));
    }
  }

  @Test
  void judgesEachWindowOfABatchOnItsOwn() throws IOException, OrtException {
    JsonNode cases = cases("stable");
    float[] first = Golden.waveform(cases.get(0));
    float[] second = Golden.waveform(cases.get(2));
    float[] both = Arrays.copyOf(first, 2 * first.length);
    System.arraycopy(second, 0, both, first.length, first.length);
    SpeechClassifier network = network("stable", new Projector(16), true, "weight_g", "weight_v");
    try (Model model = Model.of(folder, network, weights("stable"), OnnxType.FLOAT32)) {
      float[] together = model.run(new Model.Extra("waveform", both, 2, 16000)).get("logits");
      float[] alone = model.run(new Model.Extra("waveform", second, 1, 16000)).get("logits");
      Golden.assertClose(Arrays.copyOfRange(together, 2, 4), alone, 2e-6);
    }
  }

  private void assertScores(
      String variant, List<FormulaTensor> weights, Head head, String logits, double tolerance)
      throws IOException, OrtException {
    for (boolean normalised : new boolean[] {true, false}) {
      SpeechClassifier network = network(variant, head, normalised, "weight_g", "weight_v");
      try (Model model = Model.of(folder, network, weights, OnnxType.FLOAT32)) {
        assertCases(model, variant, normalised, logits, tolerance);
      }
    }
  }

  private static void assertCases(
      Model model, String variant, boolean normalised, String logits, double tolerance)
      throws OrtException {
    int judged = 0;
    for (JsonNode testCase : cases(variant)) {
      if (testCase.get("normalised_waveform").asBoolean() == normalised) {
        float[] actual = model.run(wave(testCase)).get("logits");
        Golden.assertClose(actual, Golden.floats(testCase.get(logits)), tolerance);
        judged++;
      }
    }
    assertThat(judged).isEqualTo(normalised ? 3 : 1);
  }

  private static Model.Extra wave(JsonNode testCase) {
    float[] wave = Golden.waveform(testCase);
    return new Model.Extra("waveform", wave, 1, wave.length);
  }

  private static SpeechClassifier network(
      String variant, Head head, boolean normalised, String length, String direction) {
    boolean stable = variant.equals("stable");
    String conv = "encoder.pos_conv_embed.conv.";
    SpeechTransformer encoder =
        new SpeechTransformer(
            new WaveFeatures(32, stable, stable),
            new PositionalConvolution(16, 4, conv + length, conv + direction),
            64,
            2,
            4,
            128);
    return new SpeechClassifier(encoder, head, normalised);
  }

  private static JsonNode cases(String variant) {
    return Golden.load("wav2vec2-small").root().at("/nets/" + variant + "/cases");
  }

  private static List<FormulaTensor> weights(String variant) {
    return FormulaTensor.of("wav2vec2-small", "/nets/" + variant + "/keys");
  }

  /** The weights with one linear layer in place of the projector and its classifier. */
  private static List<FormulaTensor> linear(String variant) {
    List<FormulaTensor> weights = new ArrayList<>(weights(variant));
    weights.removeIf(t -> !t.name().startsWith(SpeechTransformer.PREFIX));
    FormulaTensor.of("wav2vec2-small", "/nets/" + variant + "/extra_head_keys")
        .forEach(t -> weights.add(t.named(t.name().replace("linear_on_mean", "classifier"))));
    return weights;
  }
}
