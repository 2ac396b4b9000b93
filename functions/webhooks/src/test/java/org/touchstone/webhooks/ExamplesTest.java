package org.touchstone.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Json;
import org.touchstone.domain.webhook.SigningSecret;
import org.touchstone.domain.webhook.WebhookSignature;

/** The examples of docs/webhooks.md verify real messages and refuse others. */
class ExamplesTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "webhooks.md");
  private static final String BODY = "{\"type\":\"webhook.test\",\"data\":{\"text\":\"Grüße\"}}";
  private static final String ID = "evt_" + "a".repeat(32);

  @TempDir Path folder;

  private final SigningSecret secret = SigningSecret.create(new SecureRandom());
  private final SigningSecret other = SigningSecret.create(new SecureRandom());

  private static String example(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }

  /** Runs a program that ends with 0 when the message in its folder is verified. */
  private boolean isVerified(
      List<String> command, Instant at, String body, List<SigningSecret> secrets) throws Exception {
    Map<String, String> headers = WebhookSignature.headers(ID, at, BODY, secrets);
    Files.writeString(folder.resolve("headers.json"), Json.string(headers));
    Files.writeString(folder.resolve("body"), body);
    Files.writeString(folder.resolve("secret"), secret.text());
    StringBuilder lines = new StringBuilder();
    headers.forEach((name, value) -> lines.append(name).append('\n').append(value).append('\n'));
    Files.writeString(folder.resolve("headers.txt"), lines);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String output = Files.readString(folder.resolve("output"), StandardCharsets.UTF_8);
    assertThat(output).as(output).matches("(?s)(|.*(too old, or from the future|no signature).*)");
    return process.exitValue() == 0;
  }

  private void verifies(List<String> command) throws Exception {
    Instant now = Instant.now();
    assertThat(isVerified(command, now, BODY, List.of(secret))).isTrue();
    assertThat(isVerified(command, now, BODY, List.of(other, secret))).isTrue();
    assertThat(isVerified(command, now, BODY, List.of(other))).isFalse();
    assertThat(isVerified(command, now, BODY + " ", List.of(secret))).isFalse();
    assertThat(isVerified(command, now.minusSeconds(400), BODY, List.of(secret))).isFalse();
    assertThat(isVerified(command, now.plusSeconds(400), BODY, List.of(secret))).isFalse();
    assertThat(isVerified(command, now.minusSeconds(200), BODY, List.of(secret))).isTrue();
  }

  private static boolean isInstalled(String program) {
    try {
      return new ProcessBuilder(program, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void python() throws Exception {
    assumeTrue(isInstalled("python3"), "skipped: python3 is not installed");
    Files.writeString(
        folder.resolve("run.py"),
        example("python")
            + """

            import json
            verify(open("secret").read(), json.load(open("headers.json")), open("body", "rb").read())
            """);
    verifies(List.of("python3", "run.py"));
  }

  @Test
  void javascript() throws Exception {
    assumeTrue(isInstalled("node"), "skipped: node is not installed");
    Files.writeString(
        folder.resolve("run.js"),
        example("javascript")
            + """
            const fs = require('node:fs');
            verify(fs.readFileSync('secret', 'utf8'), JSON.parse(fs.readFileSync('headers.json')),
              fs.readFileSync('body'));
            """);
    verifies(List.of("node", "run.js"));
  }

  @Test
  void java() throws Exception {
    Files.writeString(folder.resolve("Verifier.java"), example("java"));
    Files.writeString(
        folder.resolve("Run.java"),
        """
        import java.nio.file.Files;
        import java.nio.file.Path;
        import java.util.HashMap;
        import java.util.List;
        import java.util.Map;

        class Run {
          public static void main(String[] args) throws Exception {
            List<String> lines = Files.readAllLines(Path.of("headers.txt"));
            Map<String, String> headers = new HashMap<>();
            for (int i = 0; i < lines.size(); i += 2) {
              headers.put(lines.get(i), lines.get(i + 1));
            }
            Verifier.verify(
                Files.readString(Path.of("secret")), headers, Files.readAllBytes(Path.of("body")));
          }
        }
        """);
    Path home = Path.of(System.getProperty("java.home"), "bin");
    Process compiler =
        new ProcessBuilder(home.resolve("javac").toString(), "Verifier.java", "Run.java")
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertThat(compiler.waitFor()).isZero();
    verifies(
        List.of(home.resolve("java").toString(), "-XX:TieredStopAtLevel=1", "-cp", ".", "Run"));
  }
}
