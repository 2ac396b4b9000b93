package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.local.stack.JudgeFile;

/** What docs/audio.md tells a reader to type is what the commands accept. */
class AudioPageTest {
  private static final Path PAGE = Path.of("..", "docs", "audio.md");

  @TempDir Path folder;

  @Test
  void everyCommandIsOneThatTheLauncherAccepts() throws IOException {
    List<String> commands =
        Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("./touchstone ")).toList();

    assertThat(commands).hasSizeGreaterThan(6);
    for (String command : commands) {
      String[] words = command.replaceAll("\\s+#.*", "").split(" ");
      TouchstoneCommand.commandLine()
          .parseArgs(List.of(words).subList(1, words.length).toArray(String[]::new));
    }
  }

  @Test
  void everyJudgeIsOneThatIsAccepted() throws IOException {
    List<String> judges = new ArrayList<>();
    for (String block : blocks()) {
      if (block.contains("judge.yaml <<") || block.contains("> ~/.touchstone/judge.yaml")) {
        judges.add(block.contains("printf") ? printed(block) : heredoc(block));
      } else if (block.startsWith("provider:") && !block.contains("recogniser")) {
        judges.add(block);
      }
    }

    assertThat(judges).hasSize(5);
    for (String judge : judges) {
      Path file = Files.writeString(folder.resolve("judge.yaml"), judge);
      assertThat(JudgeFile.read(file).model()).isNotBlank();
    }
  }

  @Test
  void theShortWayHasFewerThanTenLines() throws IOException {
    String first = blocks().getFirst();
    assertThat(first.lines().count()).isLessThan(10);
    assertThat(first).contains("models install", "judge.yaml", "analyze speech.mp3 talk.mp4");
  }

  private static List<String> blocks() throws IOException {
    return Pattern.compile("```(?:yaml)?\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String heredoc(String block) {
    return block.substring(block.indexOf("'YAML'\n") + 7, block.indexOf("\nYAML\n") + 1);
  }

  private static String printed(String block) {
    List<String> lines =
        Pattern.compile("'([a-zA-Z]+: [^']*)'")
            .matcher(block)
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    return String.join("\n", lines) + "\n";
  }
}
