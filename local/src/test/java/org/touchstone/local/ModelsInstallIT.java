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
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.testing.formula.CheckpointWriter;
import org.touchstone.testing.formula.FormulaTensor;

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
    assertThat(unknown.err()).contains("genconvit, ftcn, styleflow");
    TouchstoneProcess.Run styleflow = touchstone("models", "install", "styleflow");
    assertThat(styleflow.exitCode()).isEqualTo(3);
    assertThat(styleflow.err()).contains("models import styleflow");
    JsonNode available =
        Json.mapper().readTree(touchstone("models", "list", "--available", "--json").out());
    assertThat(available.findValuesAsText("name")).contains("ufd", "retinaface");
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
