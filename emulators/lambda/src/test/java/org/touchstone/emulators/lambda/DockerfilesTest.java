package org.touchstone.emulators.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Checks the rules for Dockerfiles. The images themselves are built only where there is a container
 * engine.
 */
class DockerfilesTest {
  private static final Path ROOT = Path.of("..", "..");
  private static final Path ENDPOINT = ROOT.resolve("gpu-containers/endpoint/Dockerfile");
  private static final Path LAMBDA = ROOT.resolve("gpu-containers/lambda/Dockerfile");
  private static final Path RESOLVER = ROOT.resolve("functions/resolver/Dockerfile");

  /** Files in a module's target folder that the build makes for its image. */
  private static final Pattern BUILT =
      Pattern.compile("target/(?:quarkus-app/.*|function\\.zip|image/.*)");

  /** An instruction of a Dockerfile, its continuation lines joined. */
  private record Instruction(String name, String arguments) {}

  private static List<Instruction> read(Path dockerfile) throws IOException {
    String whole =
        Files.readAllLines(dockerfile).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .reduce("", (a, b) -> a + b + "\n")
            .replaceAll("\\\\\n\\s*", " ");
    Matcher line = Pattern.compile("(?m)^([A-Z]+) +(.*)$").matcher(whole);
    List<Instruction> instructions = new ArrayList<>();
    while (line.find()) {
      instructions.add(new Instruction(line.group(1), line.group(2).strip()));
    }
    return instructions;
  }

  private static List<String> all(List<Instruction> of, String name) {
    return of.stream().filter(i -> i.name().equals(name)).map(Instruction::arguments).toList();
  }

  /** The instructions of the last stage, which becomes the image. */
  private static List<Instruction> lastStage(List<Instruction> all) {
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      from = all.get(i).name().equals("FROM") ? i : from;
    }
    return all.subList(from, all.size());
  }

  @TestFactory
  Stream<DynamicTest> dockerfilesKeepToTheRules() {
    Map<String, Rule> rules =
        Map.of(
            "runs as a user without rights", DockerfilesTest::runsAsAUserWithoutRights,
            "names the version of every image", DockerfilesTest::namesVersions,
            "copies only files that exist", DockerfilesTest::copiesWhatThereIs,
            "leaves no package lists behind", DockerfilesTest::leavesNoPackageLists,
            "fetches nothing from the web by itself", DockerfilesTest::fetchesNothing,
            "starts programs without a shell", DockerfilesTest::startsWithoutAShell,
            "needs no builder newer than Docker 20", DockerfilesTest::needsNoNewBuilder);
    return Stream.of(ENDPOINT, LAMBDA, RESOLVER)
        .flatMap(
            file ->
                rules.entrySet().stream()
                    .map(
                        rule ->
                            DynamicTest.dynamicTest(
                                file.getParent().getFileName() + " " + rule.getKey(),
                                () -> rule.getValue().check(file, read(file)))));
  }

  private interface Rule {
    void check(Path file, List<Instruction> instructions) throws IOException;
  }

  private static void runsAsAUserWithoutRights(Path file, List<Instruction> instructions) {
    List<String> users = all(lastStage(instructions), "USER");
    assertThat(users).hasSize(1);
    assertThat(users.getFirst()).matches("[1-9]\\d{3,}:[1-9]\\d{3,}");
  }

  private static void namesVersions(Path file, List<Instruction> instructions) {
    List<String> stages = new ArrayList<>();
    for (String from : all(instructions, "FROM")) {
      String[] words = from.split("\\s+");
      boolean isStage = stages.contains(words[0]) || words[0].contains("${VARIANT}");
      if (!isStage) {
        assertThat(words[0]).contains(":").doesNotEndWith(":latest");
      }
      if (words.length == 3) {
        stages.add(words[2]);
      }
    }
    for (String run : all(instructions, "RUN")) {
      if (run.matches(".*\\bpip\\b.* install .*")) {
        assertThat(run).contains("--require-hashes", "--no-deps", "--requirement /yt-dlp.txt");
      }
    }
    for (String argument : all(instructions, "ARG")) {
      assertThat(stages).contains("base-" + argument.replace("VARIANT=", ""));
    }
  }

  private static void copiesWhatThereIs(Path file, List<Instruction> instructions)
      throws IOException {
    List<String> ignored = Files.readAllLines(file.resolveSibling(".dockerignore"));
    assertThat(ignored.getFirst()).isEqualTo("*");
    for (String copy : all(instructions, "COPY")) {
      if (copy.startsWith("--from=")) {
        continue;
      }
      String[] words = copy.split("\\s+");
      for (String source : List.of(words).subList(0, words.length - 1)) {
        assertThat(BUILT.matcher(source).matches() || Files.exists(file.resolveSibling(source)))
            .as(source)
            .isTrue();
        assertThat(ignored.stream().filter(line -> line.startsWith("!")))
            .as(source + " is not excluded from the build")
            .anyMatch(line -> source.startsWith(line.substring(1)));
      }
    }
  }

  private static void leavesNoPackageLists(Path file, List<Instruction> instructions) {
    for (String run : all(instructions, "RUN")) {
      if (run.contains("apt-get install")) {
        assertThat(run)
            .contains("--no-install-recommends", "rm -rf /var/lib/apt/lists/*", "apt-get update");
      }
      if (run.contains("dnf install")) {
        assertThat(run).contains("dnf clean all");
      }
    }
  }

  private static void fetchesNothing(Path file, List<Instruction> instructions) {
    assertThat(all(instructions, "ADD")).isEmpty();
    assertThat(all(instructions, "RUN")).noneMatch(run -> run.matches(".*\\b(curl|wget)\\b.*"));
  }

  private static void startsWithoutAShell(Path file, List<Instruction> instructions) {
    List<String> starts = new ArrayList<>(all(instructions, "ENTRYPOINT"));
    starts.addAll(all(instructions, "CMD"));
    assertThat(starts).isNotEmpty().allSatisfy(start -> assertThat(start).startsWith("["));
  }

  /** Docker 20 to 24 build with what they bring, and fetch nothing to read a Dockerfile. */
  private static void needsNoNewBuilder(Path file, List<Instruction> instructions)
      throws IOException {
    assertThat(Files.readAllLines(file))
        .noneMatch(line -> line.matches("(?i)#\\s*(syntax|escape|check)\\s*=.*"));
    assertThat(all(instructions, "HEALTHCHECK"))
        .noneMatch(check -> check.contains("--start-interval"));
    assertThat(all(instructions, "RUN"))
        .noneMatch(run -> run.startsWith("--") || run.startsWith("<<"));
    assertThat(all(instructions, "COPY"))
        .noneMatch(copy -> copy.matches(".*--(chmod|link|parents|exclude)\\b.*"))
        .noneMatch(copy -> copy.startsWith("<<"));
  }

  @Test
  void bothVariantsOfTheResolverStartWithoutAwsBaseImage() throws IOException {
    List<Instruction> instructions = read(RESOLVER);

    assertThat(all(instructions, "ENTRYPOINT"))
        .hasSize(2)
        .anySatisfy(start -> assertThat(start).isEqualTo("[\"/var/runtime/bootstrap\"]"))
        .anySatisfy(
            start ->
                assertThat(start)
                    .contains(
                        RuntimeClient.MAIN_CLASS,
                        FunctionPackage.HANDLER,
                        "/var/runtime/lib/*:/var/task:/var/task/lib/*"));
    assertThat(all(lastStage(instructions), "CMD")).isEmpty();
  }

  @Test
  void theEndpointOnLambdaWritesToTmpOnly() throws IOException {
    List<Instruction> stage = lastStage(read(LAMBDA));
    assertThat(all(stage, "ENTRYPOINT"))
        .singleElement()
        .asString()
        .contains(RuntimeClient.MAIN_CLASS, "javacpp.cachedir=/tmp/", "/opt/touchstone/lib/*");
    assertThat(all(stage, "CMD")).singleElement().asString().contains("::handleRequest");
    assertThat(String.join(" ", all(stage, "ENV"))).contains("DJL_CACHE_DIR=/tmp/", "HOME=/tmp");
  }

  @Test
  void ytDlpIsOneFileOfAKnownHash() throws IOException {
    assertThat(Files.readAllLines(RESOLVER.resolveSibling("yt-dlp.txt")))
        .filteredOn(line -> !line.startsWith("#") && !line.isBlank())
        .singleElement()
        .asString()
        .matches("yt-dlp==[\\d.]+ --hash=sha256:[0-9a-f]{64}");
  }

  @Test
  void endpointSaysWhetherItIsWell() throws IOException {
    assertThat(all(lastStage(read(ENDPOINT)), "HEALTHCHECK"))
        .singleElement()
        .asString()
        .contains("/ping", "127.0.0.1/8080", "--start-period=10m");
  }

  @Test
  void endpointWritesToVolumesOnly() throws IOException {
    List<Instruction> stage = lastStage(read(ENDPOINT));
    assertThat(all(stage, "VOLUME")).containsExactly("[\"/models\", \"/tmp\"]");
    String settings = String.join(" ", all(stage, "ENV")) + all(stage, "ENTRYPOINT");
    assertThat(settings)
        .contains("MODELS_FOLDER=/models", "DJL_CACHE_DIR=/tmp/", "javacpp.cachedir=/tmp/");
  }

  @Test
  void endpointHasTheCudaThatItsOnnxRuntimeLinks() throws IOException {
    List<Instruction> instructions = read(ENDPOINT);
    assertThat(all(instructions, "FROM"))
        .anySatisfy(from -> assertThat(from).startsWith("nvidia/cuda:12.").endsWith("base-gpu"));
    assertThat(String.join(" ", all(instructions, "RUN")))
        .contains(
            "libcublas-12-",
            "libcufft-12-",
            "libcurand-12-",
            "cuda-nvrtc-12-",
            "libcudnn9-cuda-12=");
  }
}
