package org.touchstone.checkpoints.networks.ftcn;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.FormulaTensor;

class FtcnTest {
  private static final double LOGIT = 3e-6;
  private static final Ftcn SMALL = new Ftcn(64, 8);
  private static final Map<String, String> STAGES = new LinkedHashMap<>();

  static {
    STAGES.put("normalised_input", "pixels");
    STAGES.put("s1 (after both pools)", "s1");
    STAGES.put("s2", "s2");
    STAGES.put("s3", "s3");
    STAGES.put("s4", "s4");
    STAGES.put("head.pool (1,C,16,1,1)", "head.pool");
    STAGES.put("head.transformer (tokens, cls first)", "head.transformer");
  }

  @TempDir Path folder;

  @Test
  void scoresAsTheReferenceDoes() throws IOException, OrtException {
    assertLogits(Golden.load("ftcn-small"), SMALL);
  }

  @Test
  void passesThroughTheReferencesStages() throws IOException, OrtException {
    assertStages(Golden.load("ftcn-small"), SMALL);
  }

  @Test
  void scoresEachClipOfABatchAsItWouldAlone() throws IOException, OrtException {
    Golden golden = Golden.load("ftcn-small");
    JsonNode testCase = golden.testCase(0);
    byte[] clip = Golden.input(testCase);
    byte[] clips = new byte[2 * clip.length];
    System.arraycopy(clip, 0, clips, clip.length, clip.length);
    try (Model model = model(golden, SMALL, OnnxType.FLOAT32)) {
      float[] logits = model.run(clips, new long[] {2, 32, 64, 64, 3}).get("logits");
      Golden.assertClose(new float[] {logits[1]}, Golden.floats(testCase.get("logit")), LOGIT);
    }
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    assertHalfPrecision(Golden.load("ftcn-small"), SMALL);
  }

  @Test
  @Tag("full")
  void scoresAsTheReferenceDoesAtFullSize() throws IOException, OrtException {
    assertLogits(Golden.load("ftcn"), Ftcn.PUBLISHED);
  }

  @Test
  @Tag("full")
  void halfPrecisionStaysNearAtFullSize() throws IOException, OrtException {
    assertHalfPrecision(Golden.load("ftcn"), Ftcn.PUBLISHED);
  }

  @Test
  @Tag("full")
  void passesThroughTheReferencesStagesAtFullSize() throws IOException, OrtException {
    assertStages(Golden.load("ftcn"), Ftcn.PUBLISHED);
  }

  private void assertLogits(Golden golden, Ftcn network) throws IOException, OrtException {
    try (Model model = model(golden, network, OnnxType.FLOAT32)) {
      for (JsonNode testCase : golden.root().get("cases")) {
        float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
        Golden.assertClose(logits, Golden.floats(testCase.get("logit")), LOGIT);
      }
    }
  }

  private void assertHalfPrecision(Golden golden, Ftcn network) throws IOException, OrtException {
    JsonNode testCase = golden.testCase(0);
    try (Model model = model(golden, network, OnnxType.FLOAT16)) {
      float[] logits = model.run(Golden.input(testCase), Golden.shape(testCase)).get("logits");
      Golden.assertClose(logits, Golden.floats(testCase.get("logit")), 1e-2);
    }
  }

  private void assertStages(Golden golden, Ftcn network) throws IOException, OrtException {
    JsonNode testCase = golden.testCase(0);
    try (Model model = model(golden, network, OnnxType.FLOAT32).exposing(STAGES.values())) {
      Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
      STAGES.forEach(
          (name, stage) ->
              Golden.assertSummary(
                  name, outputs.get(stage), testCase.get("stages").get(name), 1e-5));
    }
  }

  private Model model(Golden golden, Ftcn network, OnnxType type) throws IOException, OrtException {
    return Model.of(folder, network, FormulaTensor.of(golden.root().get("keys")), type);
  }
}
