package org.touchstone.checkpoints.networks.retinaface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.checkpoints.networks.Golden;
import org.touchstone.checkpoints.networks.Model;
import org.touchstone.checkpoints.onnx.OnnxType;
import org.touchstone.testing.formula.FormulaTensor;

class RetinaFaceTest {
  private static final double RAW = 1e-5;
  private static final Map<String, String> STAGES = new LinkedHashMap<>();

  static {
    STAGES.put("input_minus_mean", "pixels");
    STAGES.put("body.stage1", "body.stage1");
    STAGES.put("body.stage3", "body.stage3");
    STAGES.put("fpn.output1+merge (level 0)", "fpn.0");
    STAGES.put("fpn level 1", "fpn.1");
    STAGES.put("fpn level 2", "fpn.2");
    STAGES.put("ssh1", "ssh.0");
    STAGES.put("ssh2", "ssh.1");
    STAGES.put("ssh3", "ssh.2");
    STAGES.put("loc [1,P,4]", "loc");
    STAGES.put("conf after softmax [1,P,2]", "conf");
    STAGES.put("landms [1,P,10]", "landms");
  }

  @TempDir Path folder;

  @Test
  void findsWhatTheReferenceFindsInImagesOfTwoSizes() throws IOException, OrtException {
    Golden golden = Golden.load("retinaface");
    try (Model model = model(golden, OnnxType.FLOAT32)) {
      for (JsonNode testCase : golden.root().get("cases")) {
        Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
        testCase
            .get("raw_rows")
            .properties()
            .forEach(row -> assertRow(Integer.parseInt(row.getKey()), row.getValue(), outputs));
      }
    }
  }

  private static void assertRow(int row, JsonNode expected, Map<String, float[]> outputs) {
    Golden.assertClose(row(outputs.get("loc"), row, 4), Golden.floats(expected.get("loc")), RAW);
    Golden.assertClose(
        row(outputs.get("landms"), row, 10), Golden.floats(expected.get("landms")), RAW);
    assertThat((double) outputs.get("conf")[2 * row + 1])
        .isCloseTo(expected.get("score").asDouble(), within(RAW));
  }

  private static float[] row(float[] values, int row, int width) {
    return Arrays.copyOfRange(values, row * width, (row + 1) * width);
  }

  @Test
  void passesThroughTheReferencesStages() throws IOException, OrtException {
    Golden golden = Golden.load("retinaface");
    try (Model model =
        model(golden, OnnxType.FLOAT32)
            .exposing(STAGES.values().stream().filter(s -> !isOutput(s)).toList())) {
      for (JsonNode testCase : golden.root().get("cases")) {
        Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
        STAGES.forEach(
            (name, stage) ->
                Golden.assertSummary(
                    name, outputs.get(stage), testCase.get("stages").get(name), RAW));
      }
    }
  }

  @Test
  void halfPrecisionStaysNear() throws IOException, OrtException {
    Golden golden = Golden.load("retinaface");
    try (Model model = model(golden, OnnxType.FLOAT16)) {
      JsonNode testCase = golden.testCase(0);
      Map<String, float[]> outputs = model.run(Golden.input(testCase), Golden.shape(testCase));
      JsonNode conf = testCase.get("stages").get("conf after softmax [1,P,2]");
      Golden.assertSummary("conf", outputs.get("conf"), conf, 1e-2);
    }
  }

  private static boolean isOutput(String stage) {
    return stage.equals("loc") || stage.equals("conf") || stage.equals("landms");
  }

  private Model model(Golden golden, OnnxType type) throws IOException, OrtException {
    return Model.of(folder, new RetinaFace(), FormulaTensor.of(golden.root().get("keys")), type);
  }
}
