package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;
import org.touchstone.testing.models.TestModels;

/** Published checkpoints, from the question of their licence to the installed model. */
class ModelsInstallIT {
  /** Longer than a line: terms are shown whole. */
  private static final String RESTRICTION = "No use outside research. ".repeat(10).strip();

  private static final String HOMEPAGE = "https://example.org/" + "faces/".repeat(30);

  @TempDir Path work;

  private HttpServer mirror;
  private byte[] checkpoint;

  @BeforeEach
  void startMirror() throws IOException {
    Path file =
        CheckpointWriter.zip(
            work.resolve("a.pth"), "state_dict", FormulaTensor.of("retinaface", "keys"));
    checkpoint = Files.readAllBytes(file);
    mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, checkpoint.length);
            exchange.getResponseBody().write(checkpoint);
          }
        });
    mirror.start();
  }

  @AfterEach
  void stopMirror() {
    mirror.stop(0);
  }

  @Test
  void installsFromAMirrorOnceTheLicenceIsAccepted() throws Exception {
    String sha256 =
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(checkpoint));
    Path catalogue = catalogue("\"sha256\": \"" + sha256 + "\",");

    TouchstoneProcess.Run asked = install(catalogue);
    assertThat(asked.exitCode()).isEqualTo(2);
    assertThat(asked.err())
        .contains("for research only", RESTRICTION, HOMEPAGE)
        .contains("--accept-license");
    assertThat(work.resolve("models")).doesNotExist();

    TouchstoneProcess.Run run = install(catalogue, "--accept-license");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("Installed retinaface 1-");
    assertThat(work.resolve("models").resolve(".downloads").resolve("faces")).doesNotExist();

    JsonNode listed =
        Json.mapper().readTree(touchstone("models", "list", "--json", "--models", "models").out());
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("licence").asText()).isEqualTo("for research only");
    assertThat(listed.get(0).path("trainedOn").get(0).asText()).isEqualTo("WIDER FACE");
    assertThat(touchstone("models", "verify", "--models", "models").exitCode()).isZero();
  }

  @Test
  void tellsTheChecksumThatNobodyPublished() throws Exception {
    TouchstoneProcess.Run run = install(catalogue(""), "--accept-license");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("its SHA-256 is not published")
        .containsPattern("faces.pth has the SHA-256 [0-9a-f]{64}");
  }

  @Test
  void installsNothingOfAnotherChecksum() throws Exception {
    Path catalogue = catalogue("\"sha256\": \"" + "0".repeat(64) + "\",");
    TouchstoneProcess.Run run = install(catalogue, "--accept-license");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("Not installed", "SHA-256").doesNotContain(work.toString());
  }

  @Test
  void installsNothingThatIsAnotherNetwork() throws Exception {
    Path file =
        CheckpointWriter.zip(
            work.resolve("b.pth"), "", FormulaTensor.of("retinaface", "keys").subList(0, 9));
    checkpoint = Files.readAllBytes(file);
    TouchstoneProcess.Run run = install(catalogue(""), "--accept-license");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("missing: ");
  }

  @Test
  void saysWhichThereAreAndWhichAreNotPublic() throws Exception {
    TouchstoneProcess.Run unknown = touchstone("models", "install", "oracle");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("commfor-lowq", "genconvit, ftcn, styleflow");
    TouchstoneProcess.Run styleflow = touchstone("models", "install", "styleflow");
    assertThat(styleflow.exitCode()).isEqualTo(3);
    assertThat(styleflow.err()).contains("models import styleflow");
    JsonNode available =
        Json.mapper().readTree(touchstone("models", "list", "--available", "--json").out());
    assertThat(available.findValuesAsText("name")).contains("ufd", "retinaface");
  }

  /** The recommended set: one model that is free, and one whose licence contradicts itself. */
  @Test
  void installsTheRecommendedSetAndLeavesOutWhatMustBeAcceptedByName() throws Exception {
    Files.createDirectories(work.resolve("given"));
    Path catalogue =
        Files.writeString(
            work.resolve("set.json"),
            "{\"models\": ["
                + ready("reds", "\"MIT\"", "")
                + ","
                + ready("greens", "\"MIT\", \"conflict\": \"The code is CC BY-NC.\"", "")
                + "]}");
    TouchstoneProcess.Run run = recommended(catalogue);
    assertThat(run.exitCode()).as(run.err()).isEqualTo(5);
    assertThat(run.out()).contains("Installed reds 1-abc-").contains("self-test: structure only");
    assertThat(run.err())
        .contains("greens is left out: The code is CC BY-NC.", "--accept greens")
        .contains("of disk space");

    TouchstoneProcess.Run undisputed = recommended(catalogue, "--only-undisputed");
    assertThat(undisputed.exitCode()).as(undisputed.err()).isZero();

    TouchstoneProcess.Run accepted = recommended(catalogue, "--accept", "greens", "--json");
    assertThat(accepted.exitCode()).as(accepted.err()).isZero();
    JsonNode told = Json.mapper().readTree(accepted.out());
    assertThat(told.path("installed").findValuesAsText("entry")).containsExactly("reds", "greens");
    assertThat(told.at("/installed/0/already").asBoolean()).isTrue();
    assertThat(told.path("leftOut")).isEmpty();
    assertThat(Files.readString(work.resolve("models/.accepted-licences.json")))
        .contains("greens", "licenceSha256");

    assertThat(touchstone("models", "verify", "--models", "models").out())
        .contains("greens", "intact; self-test: structure only");
    assertThat(recommended(catalogue).exitCode()).isZero();
  }

  @Test
  void goesBackToTheVersionBefore() throws Exception {
    Files.createDirectories(work.resolve("given"));
    for (String more : new String[] {"", "\"family\": \"reds\","}) {
      Path catalogue =
          Files.writeString(
              work.resolve("set.json"), "{\"models\": [" + ready("reds", "\"MIT\"", more) + "]}");
      assertThat(recommended(catalogue).exitCode()).isZero();
    }
    TouchstoneProcess.Run back = touchstone("models", "rollback", "reds", "--models", "models");
    assertThat(back.exitCode()).as(back.err()).isZero();
    assertThat(back.out()).contains("Removed reds 2-abc-", "version 1-abc-");
    assertThat(touchstone("models", "rollback", "reds", "--models", "models").exitCode())
        .isEqualTo(3);
    assertThat(touchstone("models", "outdated", "--models", "models").exitCode()).isZero();
  }

  @Test
  void beginsNothingThatTheDiskHasNoSpaceFor() throws Exception {
    StringBuilder files = new StringBuilder();
    for (int i = 0; i < 200; i++) { // 12.5 TiB
      files.append(
          "{\"name\": \"f%d\", \"url\": \"https://hub.example/f\", \"bytes\": %d},"
              .formatted(i, 64L << 30));
    }
    Path catalogue =
        Files.writeString(
            work.resolve("huge.json"),
            """
            {"models": [{"name": "faces", "detector": "retinaface", "licence": "MIT",
              "homepage": "h", "files": [%s]}]}
            """
                .formatted(files.substring(0, files.length() - 1)));
    TouchstoneProcess.Run run =
        touchstone(
            "models",
            "install",
            "faces",
            "--models",
            "models",
            "--catalogue",
            catalogue.toString());
    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.err()).contains("too little space").doesNotContain(work.toString());
    try (Stream<Path> left = Files.walk(work.resolve("models"))) {
      assertThat(left.filter(Files::isRegularFile))
          .as("only the lock, which is held while the free space is looked at")
          .extracting(file -> file.getFileName().toString())
          .containsExactly(".lock");
    }
  }

  @Test
  void refusesPopularModelsThatAreBroken() throws Exception {
    TouchstoneProcess.Run run = touchstone("models", "install", "Wvolf/ViT_Deepfake_Detection");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("76 % of authentic photographs");
  }

  private String ready(String name, String weights, String more) throws Exception {
    byte[] model = TestModels.means(8, new float[][] {{name.length(), 0, 0}}, new float[1]);
    Files.write(work.resolve("given").resolve(name + ".onnx"), model);
    return """
        {"name": "%s", "revision": "abc", "licences": {"weights": %s}, "homepage": "h",
          "recommended": true, "files": [{"name": "%s.onnx", "sha256": "%s", "bytes": %d,
            "url": "https://hub.example/%s.onnx"}],
          "manifest": {"engine": "OnnxRuntime", %s "input": {"name": "images",
            "layout": "NHWC", "dtype": "uint8", "height": 8, "width": 8},
            "output": {"name": "logits", "activation": "sigmoid"},
            "thresholds": {"uncertain": 0.3, "fake": 0.5}, "category": "generative",
            "tracks": ["image"]}}
        """
        .formatted(name, weights, name, TestModels.sha256(model), model.length, name, more);
  }

  private TouchstoneProcess.Run recommended(Path catalogue, String... options) throws Exception {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("models", "install", "--models", "models", "--from", "given"));
    all.addAll(List.of("--catalogue", catalogue.toString()));
    all.addAll(List.of(options));
    return touchstone(all.toArray(String[]::new));
  }

  private Path catalogue(String sha256) throws IOException {
    return Files.writeString(
        work.resolve("catalogue.json"),
        """
        {"models": [{"name": "faces", "detector": "retinaface", "licence": "for research only",
          "restriction": "%s", "homepage": "%s",
          "trainedOn": ["WIDER FACE"],
          "files": [{"name": "faces.pth", %s "maxBytes": 4000000,
            "url": "http://127.0.0.1:%d/faces.pth"}]}]}
        """
            .formatted(RESTRICTION, HOMEPAGE, sha256, mirror.getAddress().getPort()));
  }

  private TouchstoneProcess.Run install(Path catalogue, String... options) throws Exception {
    String[] arguments = {
      "models", "install", "faces", "--models", "models", "--allow-private", "--catalogue"
    };
    String[] all = new String[arguments.length + 1 + options.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = catalogue.toString();
    System.arraycopy(options, 0, all, arguments.length + 1, options.length);
    return touchstone(all);
  }

  private TouchstoneProcess.Run touchstone(String... arguments) throws Exception {
    return TouchstoneProcess.run(work, arguments);
  }
}
