package org.touchstone.checkpoints.networks.whisper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.FormulaTensor;

class WhisperTest {
  private static final double LOGIT = 2e-5;
  private static final Whisper SMALL =
      new Whisper(TensorNames.OPENAI, 80, 1500, 64, 2, 2, 64, 2, 1000);
  private static final Whisper TINY =
      new Whisper(TensorNames.OPENAI, 80, 1500, 384, 6, 4, 448, 4, 51_865);

  private static final float[] MEL = SpectrumReference.of(Formula.tones(), 80);

  @TempDir Path folder;

  @Test
  void encodesAsTheReferenceDoes() throws IOException, OrtException {
    assertEncoder(Golden.load("whisper-small-dims"), SMALL);
  }

  @Test
  void writesAsTheReferenceDoesWithAndWithoutWhatItKeeps() throws IOException, OrtException {
    assertDecoder(Golden.load("whisper-small-dims"), SMALL);
  }

  @Test
  void rowsOfABatchDoNotTouchEachOther() throws IOException, OrtException {
    Golden golden = Golden.load("whisper-small-dims");
    float[] mel = MEL;
    float[] silence = new float[mel.length];
    float[] both = Arrays.copyOf(silence, 2 * mel.length);
    System.arraycopy(mel, 0, both, mel.length, mel.length);
    try (TwoGraphs model = TwoGraphs.of(folder, SMALL, weights(golden), OnnxType.FLOAT32);
        OrtSession.Result alone = model.encode(mel, 1);
        OrtSession.Result together = model.encode(both, 2)) {
      float[] one = floats(alone, "cross_value.1");
      float[] two = floats(together, "cross_value.1");
      Golden.assertClose(Arrays.copyOfRange(two, one.length, two.length), one, 2e-6);
    }
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    Golden golden = Golden.load("whisper-small-dims");
    float[] mel = MEL;
    try (TwoGraphs model = TwoGraphs.of(folder, SMALL, weights(golden), OnnxType.FLOAT16);
        OrtSession.Result encoded = model.encode(mel, 1)) {
      assertThat(((OnnxTensor) encoded.get("cross_key.0").orElseThrow()).getInfo().type.toString())
          .isEqualTo("FLOAT16");
    }
  }

  @Test
  @Tag("full")
  void encodesAsTheReferenceDoesAtFullSize() throws IOException, OrtException {
    assertEncoder(Golden.load("whisper-tiny"), TINY);
  }

  @Test
  @Tag("full")
  void writesAsTheReferenceDoesAtFullSize() throws IOException, OrtException {
    assertDecoder(Golden.load("whisper-tiny"), TINY);
  }

  private void assertEncoder(Golden golden, Whisper network) throws IOException, OrtException {
    float[] mel = MEL;
    JsonNode root = golden.root();
    Golden.assertSummary("log-mel", mel, root.at("/log_mel/summary"), 1e-4);
    List<String> stages = List.of("encoder.conv1", "encoder.conv2", "encoder.blocks.0", "encoder");
    try (Model model =
        Model.of(folder, new EncoderOnly(network), weights(golden), OnnxType.FLOAT32)
            .exposing(stages)) {
      var outputs = model.run(new Model.Extra("mel", mel, 1, 80, 3000));
      JsonNode expected = root.get("stages");
      // The reference's spectrum is one of float32, whose error is larger than the network's.
      double fromSpectrum = 1e-4;
      assertStage(outputs.get("encoder.conv1"), expected, "conv1 (before", fromSpectrum);
      assertStage(outputs.get("encoder.conv2"), expected, "conv2 (before", fromSpectrum);
      assertStage(outputs.get("encoder.blocks.0"), expected, "blocks.0", fromSpectrum);
      assertStage(outputs.get("encoder"), expected, "output (ln_post)", fromSpectrum);
    }
  }

  private static void assertStage(float[] actual, JsonNode stages, String part, double tolerance) {
    String name =
        stages.properties().stream()
            .map(entry -> entry.getKey())
            .filter(key -> key.contains(part))
            .findFirst()
            .orElseThrow();
    Golden.assertSummary(name, actual, stages.get(name), tolerance);
  }

  private void assertDecoder(Golden golden, Whisper network) throws IOException, OrtException {
    float[] mel = MEL;
    JsonNode root = golden.root();
    JsonNode forced = root.get("teacher_forced");
    long[] tokens = FormulaTensor.longs(forced.get("tokens"));
    long[] greedy = FormulaTensor.longs(root.get("tokens"));
    int start = root.get("start_tokens").size();
    try (TwoGraphs model = TwoGraphs.of(folder, network, weights(golden), OnnxType.FLOAT32);
        OrtSession.Result encoded = model.encode(mel, 1)) {
      float[][] atOnce = model.scores(encoded, tokens, tokens.length);
      float[][] oneByOne = model.scores(encoded, tokens, ones(tokens.length));
      for (int i = 0; i < tokens.length; i++) {
        Golden.assertClose(oneByOne[i], atOnce[i], LOGIT);
        JsonNode expected = forced.get("per_position").get(i);
        assertThat(best(atOnce[i])).isEqualTo(expected.get("argmax").asInt());
        assertThat((double) atOnce[i][best(atOnce[i])])
            .isCloseTo(expected.get("max").asDouble(), within(LOGIT));
        JsonNode ids = root.get("logits_ids");
        for (int k = 0; k < ids.size(); k++) {
          assertThat((double) atOnce[i][ids.get(k).asInt()])
              .isCloseTo(expected.get("logits_at_ids").get(k).asDouble(), within(LOGIT));
        }
      }
      float[][] written = model.scores(encoded, greedy, start, greedy.length - start);
      for (int i = start; i < greedy.length; i++) {
        assertThat(best(written[i - 1])).isEqualTo((int) greedy[i]);
      }
    }
  }

  private static int[] ones(int count) {
    return IntStream.generate(() -> 1).limit(count).toArray();
  }

  private static int best(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  private static float[] floats(OrtSession.Result result, String name) {
    var buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static List<FormulaTensor> weights(Golden golden) {
    return FormulaTensor.of(golden.root().get("keys"));
  }
}
