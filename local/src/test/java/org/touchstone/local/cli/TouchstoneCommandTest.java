package org.touchstone.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TouchstoneCommandTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          models install no-such-model  | no-such-model | ./touchstone models install --help
          models list --availabel       | --availabel   | ./touchstone models list --help
          up --port abc                 | abc           | ./touchstone up --help
          analyze                       | file_or_url      | ./touchstone analyze --help
          keys create --name a --days 36501 | 1 to 36500   | ./touchstone keys create --help
          keys rotate a --overlap 31d   | at most 30d      | ./touchstone keys rotate --help
          """)
  void saysInAFewLinesWhatIsWrong(String command, String what, String help) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = TouchstoneCommand.commandLine().setErr(new PrintWriter(err, true));

    assertThat(commandLine.execute(command.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().toLowerCase()).contains(what);
    assertThat(err.toString().lines().toList())
        .hasSizeLessThanOrEqualTo(3)
        .last()
        .isEqualTo("For the options see " + help);
  }

  /** No store is opened: an account that was made for the key would stay without one. */
  @Test
  void namesOfKeysAndAccountsAreCheckedFirst() {
    String tooLong = "x".repeat(101);
    for (List<String> names :
        List.of(
            List.of("--name", tooLong, "--new-account", "a"),
            List.of("--name", "a", "--new-account", tooLong))) {
      StringWriter err = new StringWriter();
      List<String> command = new ArrayList<>(List.of("keys", "create", "--data", "/dev/null/none"));
      command.addAll(names);

      assertThat(
              TouchstoneCommand.commandLine()
                  .setErr(new PrintWriter(err, true))
                  .execute(command.toArray(String[]::new)))
          .isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains("a name has 1 to 100 characters");
    }
  }

  @Test
  void showsNoControlCharactersOfTheCommandLine() {
    StringWriter err = new StringWriter();
    TouchstoneCommand.commandLine()
        .setErr(new PrintWriter(err, true))
        .execute("models", "install", "a\u001b[31mb");

    assertThat(err.toString()).doesNotContain("\u001b");
  }
}
