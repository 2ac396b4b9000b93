package org.touchstone.checkpoints.networks.styleflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.networks.ftcn.Ftcn;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.DType;
import org.touchstone.testing.formula.Formula;
import org.touchstone.testing.formula.FormulaTensor;

/**
 * The network with style has neither published weights nor golden vectors. Its new parts are
 * compared with {@link StyleReference}; the rest is FTCN's and covered by its tests.
 */
class StyleFlowTest {
  private static final int FEATURES = 24;
  private static final int HIDDEN = 512;
  private static final int TOKENS = 16;
  private static final StyleFlow SMALL = new StyleFlow(new Ftcn(64, 8), FEATURES, HIDDEN);

  @TempDir Path folder;

  private final Golden golden = Golden.load("ftcn-small");

  @Test
  void seesTheStyleAndAttendsToItAsAPlainComputationDoes() throws IOException, OrtException {
    List<FormulaTensor> weights = weights("model.", UnaryOperator.identity());
    try (Model model =
        model(weights, OnnxType.FLOAT32).exposing(List.of("style", "attended", "head.pool"))) {
      Map<String, float[]> outputs = run(model);
      StyleReference reference =
          new StyleReference(
              weights.stream().collect(Collectors.toMap(FormulaTensor::name, t -> t)), "model.");
      double[] style = reference.style(latents(), FEATURES, HIDDEN);
      assertClose(outputs.get("style"), style, 2e-6);

      double[] tokens = transposed(outputs.get("head.pool"), SMALL.content().tokenWidth());
      double[] attended = reference.attended(tokens, style, TOKENS, SMALL.content().tokenWidth());
      assertClose(outputs.get("attended"), attended, 1e-5);
    }
  }

  @Test
  void isFtcnWhereTheAttentionHasNothingToSay() throws IOException, OrtException {
    UnaryOperator<FormulaTensor> silent =
        t ->
            t.name().startsWith("resnet.head.STA.lp.")
                ? new FormulaTensor(t.name(), t.shape(), t.dtype(), i -> 0)
                : t;
    JsonNode expected = golden.testCase(0).get("logit");
    try (Model model = model(weights("", silent), OnnxType.FLOAT32)) {
      Golden.assertClose(run(model).get("logits"), Golden.floats(expected), 3e-6);
    }
    try (Model model = model(weights("", UnaryOperator.identity()), OnnxType.FLOAT32)) {
      assertThat(run(model).get("logits")[0])
          .isNotCloseTo((float) expected.get(0).asDouble(), within(1e-3f));
    }
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    float[] full;
    try (Model model = model(weights("", UnaryOperator.identity()), OnnxType.FLOAT32)) {
      full = run(model).get("logits");
    }
    try (Model model = model(weights("", UnaryOperator.identity()), OnnxType.FLOAT16)) {
      Golden.assertClose(run(model).get("logits"), full, 1e-2);
    }
  }

  private Model model(List<FormulaTensor> weights, OnnxType type) throws IOException, OrtException {
    return Model.of(folder, SMALL, weights, type);
  }

  private Map<String, float[]> run(Model model) throws OrtException {
    JsonNode testCase = golden.testCase(0);
    return model.run(
        Golden.input(testCase),
        Golden.shape(testCase),
        new Model.Extra("latents", latents(), 1, StyleFlow.CHANGES, FEATURES));
  }

  private static float[] latents() {
    float[] values = new float[StyleFlow.CHANGES * FEATURES];
    long seed = Formula.seed("latents");
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Formula.uniform(seed, i);
    }
    return values;
  }

  private List<FormulaTensor> weights(String prefix, UnaryOperator<FormulaTensor> change) {
    List<FormulaTensor> all = new ArrayList<>(FormulaTensor.of(golden.root().get("keys")));
    int dim = SMALL.content().tokenWidth();
    for (String layer : List.of("w_q", "w_k", "w_v", "lp")) {
      all.add(FormulaTensor.of("resnet.head.STA." + layer + ".weight", dim, dim));
      all.add(FormulaTensor.of("resnet.head.STA." + layer + ".bias", dim));
    }
    all.add(FormulaTensor.of(prefix + "hidden_state", 4, 1, HIDDEN));
    for (String layer : List.of("l0", "l0_reverse", "l1", "l1_reverse")) {
      int in = layer.startsWith("l0") ? FEATURES : 2 * HIDDEN;
      all.add(FormulaTensor.of(prefix + "gru.weight_ih_" + layer, 3 * HIDDEN, in));
      all.add(FormulaTensor.of(prefix + "gru.weight_hh_" + layer, 3 * HIDDEN, HIDDEN));
      all.add(bias(prefix + "gru.bias_ih_" + layer, 3 * HIDDEN));
      all.add(bias(prefix + "gru.bias_hh_" + layer, 3 * HIDDEN));
    }
    for (String part : List.of("weight", "bias", "running_mean", "running_var")) {
      all.add(FormulaTensor.of(prefix + "bn." + part, StyleFlow.CHANGES));
    }
    all.add(FormulaTensor.of(prefix + "dense.3.weight", 1, 4 * HIDDEN));
    return all.stream().map(change).toList();
  }

  /** The rules know the names of these tensors' layers, not of their biases. */
  private static FormulaTensor bias(String name, int length) {
    long seed = Formula.seed(name);
    long[] shape = {length};
    return new FormulaTensor(name, shape, DType.FLOAT32, i -> 0.1 * Formula.uniform(seed, i));
  }

  private static double[] transposed(float[] values, int rows) {
    int columns = values.length / rows;
    double[] out = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      out[i % columns * rows + i / columns] = values[i];
    }
    return out;
  }

  private static void assertClose(float[] actual, double[] expected, double tolerance) {
    float[] floats = new float[expected.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) expected[i];
    }
    Golden.assertClose(actual, floats, tolerance);
  }
}
