package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The launcher shows help and rejects unknown options before anything is built. It reads {@code
 * launcher/help}, so these files must say what the commands say.
 */
class HelpFilesTest {
  private static final Path HELP = Path.of("..", "launcher", "help");
  private static final Path WRITTEN = Path.of("target", "help");

  private static Map<String, String> usages() {
    Map<String, String> usages = new TreeMap<>();
    add("", TouchstoneCommand.commandLine(), usages);
    return usages;
  }

  private static void add(String prefix, CommandLine parent, Map<String, String> usages) {
    parent
        .getSubcommands()
        .forEach(
            (name, command) -> {
              usages.put(prefix + name, command.getUsageMessage(Ansi.OFF));
              add(prefix + name + "-", command, usages);
            });
  }

  @Test
  void theLaunchersHelpIsThatOfTheCommands() throws IOException {
    Files.createDirectories(WRITTEN);
    Map<String, String> usages = usages();
    usages.remove("doctor"); // the launcher's own: most of its checks need no build
    for (Map.Entry<String, String> usage : usages.entrySet()) {
      Files.writeString(WRITTEN.resolve(usage.getKey() + ".txt"), usage.getValue());
    }
    for (Map.Entry<String, String> usage : usages.entrySet()) {
      assertThat(HELP.resolve(usage.getKey() + ".txt"))
          .as("copy local/target/help to launcher/help")
          .exists()
          .hasContent(usage.getValue().strip());
    }
  }

  @Test
  void everyHelpHasAnExample() throws IOException {
    try (Stream<Path> files = Files.list(HELP)) {
      assertThat(files.toList())
          .hasSizeGreaterThan(15)
          .allSatisfy(file -> assertThat(Files.readString(file)).contains("Example"));
    }
  }

  @Test
  void everyBenchmarkIsNamed() throws IOException {
    String source =
        Files.readString(Path.of("..", "bench/src/main/java/org/touchstone/bench/Bench.java"));
    List<String> names =
        Pattern.compile("ALL\\.put\\(\"([a-z-]+)\"")
            .matcher(source)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(names).hasSizeGreaterThan(10);
    // The launcher rejects a name that is not at the start of a line there.
    String help = Files.readString(HELP.resolve("bench.txt"));
    String page = Files.readString(Path.of("..", "bench", "README.md"));
    assertThat(names)
        .allSatisfy(
            name -> {
              assertThat(help).containsPattern("(?m)^  " + name + " ");
              assertThat(page).contains("\n| `" + name + "` |");
            });
  }
}
