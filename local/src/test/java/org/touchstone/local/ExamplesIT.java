package org.touchstone.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.touchstone.client.TouchstoneClient;
import org.touchstone.client.model.AnalysisStatus;

/**
 * Runs the examples of docs/examples.md as they stand there, against the running API. An example
 * whose language is not on this machine is skipped, and the report names it.
 */
class ExamplesIT {
  private static final Path PAGE = Path.of("..", "docs", "examples.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("<!-- example: (\\S+) -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL);
  private static final Pattern KEY = Pattern.compile("tsk_[0-9a-z_]{73}");
  private static final long TIMEOUT_SECONDS = 120;

  /** The programs that an example needs, by the end of its name; the first one runs it. */
  private static final Map<String, List<String>> NEEDS =
      Map.of(
          "link.sh", List.of("sh", "curl"),
          "file.sh", List.of("sh", "curl"),
          "webhook.sh", List.of("sh", "openssl"),
          "py", List.of("python3"),
          "mjs", List.of("node"));

  @TempDir static Path work;

  private static TouchstoneProcess up;
  private static HttpServer web;
  private static String api;
  private static String key;
  private static Path photo;

  /** The outcome of a program. */
  private record Run(int exitCode, String out) {}

  @BeforeAll
  static void start() throws IOException {
    for (Map.Entry<String, String> example : examples().entrySet()) {
      Files.writeString(work.resolve(example.getKey()), example.getValue());
    }
    photo = new TestMedia(work).photo("a photo.jpg", 21);
    byte[] bytes = Files.readAllBytes(photo);
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    web.start();
    up =
        TouchstoneProcess.start(
            work,
            "up",
            "--allow-private",
            "--port",
            "0",
            "--data",
            work.resolve("data").toString());
    api = Api.of(up).address("api");
    Matcher shown = KEY.matcher(up.errors());
    assertThat(shown.find()).isTrue();
    key = shown.group();
  }

  @AfterAll
  static void stop() {
    up.close();
    web.stop(0);
  }

  private static Map<String, String> examples() throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    Matcher found = EXAMPLE.matcher(Files.readString(PAGE));
    while (found.find()) {
      examples.put(found.group(1), found.group(2));
    }
    return examples;
  }

  private static List<String> links() throws IOException {
    return named("link");
  }

  private static List<String> files() throws IOException {
    return named("file");
  }

  private static List<String> webhooks() throws IOException {
    return named("webhook");
  }

  private static List<String> named(String start) throws IOException {
    return examples().keySet().stream().filter(name -> name.startsWith(start + ".")).toList();
  }

  @Test
  void everyTaskIsShownInEveryLanguage() throws IOException {
    assertThat(examples()).hasSize(9);
    assertThat(Files.readString(PAGE).split("\n```(bash|python|javascript)\n", -1))
        .as("every program is named, and so is run")
        .hasSize(10);
  }

  @ParameterizedTest
  @MethodSource("links")
  void saysTheVerdictOnALink(String example) throws Exception {
    Run run = run(example, null, "http://127.0.0.1:" + web.getAddress().getPort() + "/photo.jpg");
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).contains("insufficient-evidence");
  }

  @ParameterizedTest
  @MethodSource("files")
  void analysesAFile(String example) throws Exception {
    Run run = run(example, null, photo.toString());
    assertThat(run.exitCode()).as(run.out()).isZero();
    String id = run.out().replaceAll("(?s).*?([0-9a-z]{26}).*", "$1");
    try (TouchstoneClient client = TouchstoneClient.at(URI.create(api)).key(key).build()) {
      assertThat(client.analyses().await(id, Duration.ofSeconds(90)).join().status())
          .isEqualTo(AnalysisStatus.COMPLETE);
    }
  }

  @ParameterizedTest
  @MethodSource("webhooks")
  void tellsWhetherAMessageIsFromTouchstone(String example) throws Exception {
    String secret =
        "whsec_" + Base64.getEncoder().encodeToString("the secret of a test".getBytes());
    Path body =
        Files.writeString(work.resolve("body"), "{\"type\":\"analysis.completed\",\"ü\":1}\n");
    long now = Instant.now().getEpochSecond();
    String right = signature(secret, "msg_1." + now + ".", Files.readAllBytes(body));
    String old = signature(secret, "msg_1." + (now - 400) + ".", Files.readAllBytes(body));

    Run accepted = run(example, body, "msg_1", String.valueOf(now), "v1,YWJj " + right, secret);
    assertThat(accepted.exitCode()).as(accepted.out()).isZero();
    assertThat(accepted.out().strip()).isEqualTo("from Touchstone");
    assertThat(run(example, body, "msg_2", String.valueOf(now), right, secret).exitCode())
        .isEqualTo(1);
    assertThat(run(example, body, "msg_1", String.valueOf(now), "v1,YWJj", secret).exitCode())
        .isEqualTo(1);
    assertThat(run(example, body, "msg_1", String.valueOf(now - 400), old, secret).exitCode())
        .isEqualTo(1);
  }

  private static String signature(String secret, String start, byte[] body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(6)), "HmacSHA256"));
    mac.update(start.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
  }

  private static Run run(String example, Path input, String... arguments) throws Exception {
    List<String> needs =
        NEEDS.getOrDefault(example, NEEDS.get(example.substring(example.lastIndexOf('.') + 1)));
    for (String program : needs) {
      assumeTrue(isFound(program), () -> "Skipped " + example + ": " + program + " is not here.");
    }
    List<String> command = new ArrayList<>(List.of(needs.getFirst(), example));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(work, "out-", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.redirectInput(input == null ? new File("/dev/null") : input.toFile());
    builder.environment().put("TOUCHSTONE_API", api);
    builder.environment().put("TOUCHSTONE_API_KEY", key);
    Process process = builder.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Run(process.waitFor(), Files.readString(out));
  }

  private static boolean isFound(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
