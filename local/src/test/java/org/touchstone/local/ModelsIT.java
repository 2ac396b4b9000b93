package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.domain.voting.VotingPolicy;

/** An organisation's own model, from its installation to the verdict it gives. */
class ModelsIT {
  private static final int SIDE = 8;

  @TempDir Path work;

  private Path models;
  private Path modelFile;

  @BeforeEach
  void installModel() throws Exception {
    models = work.resolve("models");
    Path folder = Files.createDirectories(models.resolve("redness").resolve("1"));
    byte[] onnx = redness();
    modelFile = Files.write(folder.resolve("model.onnx"), onnx);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(onnx));
    Files.writeString(
        folder.resolve("model.json"),
        """
        {"name": "redness", "version": "1", "licence": "Apache-2.0", "engine": "OnnxRuntime",
         "files": {"model.onnx": "%s"},
         "input": {"name": "images", "layout": "NHWC", "dtype": "uint8", "height": %d, "width": %d},
         "output": {"name": "means", "activation": "none", "fakeIndex": 0},
         "thresholds": {"uncertain": 0.33, "fake": 0.5},
         "category": "generative", "tracks": ["image", "video"]}
        """
            .formatted(sha256, SIDE, SIDE));
  }

  @Test
  void installedModelScoresAndCountsAsThePolicySays() throws Exception {
    Path red = picture("red.png", new Color(250, 10, 10));
    ObjectNode policy =
        (ObjectNode) Json.mapper().readTree(VotingPolicy.bundled("pooled-1").orElseThrow().json());
    policy.put("version", "trusts-redness");
    policy.withObject("/detectors").putObject("redness").put("weight", 8).put("shrinkage", 0);
    Path policyFile = Files.write(work.resolve("policy.json"), Json.bytes(policy));

    JsonNode named = analyze(red, "--policy", policyFile.toString());
    assertThat(score(named)).isCloseTo(250 / 255.0, within(1e-3));
    assertThat(named.path("verdict").path("policyVersion").asText()).isEqualTo("trusts-redness");
    assertThat(named.path("verdict").path("level").asText()).isEqualTo("high");

    JsonNode unnamed = analyze(red);
    assertThat(score(unnamed)).isCloseTo(250 / 255.0, within(1e-3));
    assertThat(unnamed.path("verdict").path("level").asText()).isEqualTo("uncertain");
    assertThat(unnamed.at("/verdict/reasons/0/code").asText()).isEqualTo("errors-not-counted");
  }

  @Test
  void modelWhoseFileWasChangedIsNotRun() throws Exception {
    assertThat(run("models", "verify").exitCode()).isZero();
    Files.write(modelFile, new byte[] {1, 2, 3});

    TouchstoneProcess.Run verify = run("models", "verify");
    assertThat(verify.exitCode()).isEqualTo(4);
    assertThat(verify.out()).contains("redness 1").contains("model.onnx");
    JsonNode report = report(analyze(picture("grey.png", Color.GRAY)));
    assertThat(report.path("status").asText()).isNotEqualTo("scored");
    assertThat(report.toString()).doesNotContain(work.toString());
  }

  @Test
  void modelsAreListedAndRemoved() throws Exception {
    assertThat(run("models", "list").out()).contains("redness").contains("Apache-2.0");
    assertThat(run("models", "remove", "redness").exitCode()).isZero();
    assertThat(run("models", "list").out()).contains("No model is installed.");
    assertThat(run("models", "remove", "redness").exitCode()).isEqualTo(3);
  }

  @Test
  void fileThatIsNoCheckpointIsNotImported() throws Exception {
    Path file = Files.writeString(work.resolve("weights.pth"), "not a checkpoint");

    TouchstoneProcess.Run wrong = run("models", "import", "ufd", "--checkpoint", file.toString());
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("Not imported");
    TouchstoneProcess.Run unknown =
        run("models", "import", "nobody", "--checkpoint", file.toString());
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("genconvit");
    TouchstoneProcess.Run unlicensed =
        run("models", "import", "ufd", "--licence", " ", "--checkpoint", file.toString());
    assertThat(unlicensed.exitCode()).isEqualTo(2);
    assertThat(unlicensed.err()).contains("licence must be");
  }

  private TouchstoneProcess.Run run(String... arguments) throws Exception {
    String[] all = List.of(arguments).toArray(new String[arguments.length + 2]);
    all[arguments.length] = "--models";
    all[arguments.length + 1] = models.toString();
    return TouchstoneProcess.run(work, all);
  }

  private JsonNode analyze(Path file, String... options) throws Exception {
    String[] arguments = new String[options.length + 3];
    arguments[0] = "analyze";
    arguments[1] = "--json";
    arguments[2] = file.toString();
    System.arraycopy(options, 0, arguments, 3, options.length);
    TouchstoneProcess.Run run = run(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Json.mapper().readTree(run.out());
  }

  private static JsonNode report(JsonNode result) {
    for (JsonNode report : result.path("reports")) {
      if (report.path("detector").asText().equals("redness")) {
        return report;
      }
    }
    throw new AssertionError("no report: " + result);
  }

  private static double score(JsonNode result) {
    return report(result).path("score").asDouble();
  }

  private Path picture(String name, Color color) throws Exception {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(0, 0, 32, 32);
    graphics.dispose();
    Path file = work.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** The mean of each channel, 0..1. */
  private static byte[] redness() {
    AttributeProto toFloat =
        AttributeProto.newBuilder()
            .setName("to")
            .setType(AttributeType.INT)
            .setI(TensorProto.DataType.FLOAT.getNumber())
            .build();
    AttributeProto axes =
        AttributeProto.newBuilder()
            .setName("axes")
            .setType(AttributeType.INTS)
            .addInts(1)
            .addInts(2)
            .build();
    AttributeProto drop =
        AttributeProto.newBuilder().setName("keepdims").setType(AttributeType.INT).setI(0).build();
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("redness")
            .addInput(value("images", TensorProto.DataType.UINT8, SIDE, SIDE, 3))
            .addOutput(value("means", TensorProto.DataType.FLOAT, 3))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("scale")
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .addFloatData(1 / 255f))
            .addNode(node("Cast", "floats", "images").addAttribute(toFloat))
            .addNode(node("ReduceMean", "sums", "floats").addAttribute(axes).addAttribute(drop))
            .addNode(node("Mul", "means", "sums", "scale"))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder().setOpType(type).addAllInput(List.of(inputs)).addOutput(output);
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... extent) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDim(Dimension.newBuilder().setDimParam("batch"));
    for (long size : extent) {
      shape.addDim(Dimension.newBuilder().setDimValue(size));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
