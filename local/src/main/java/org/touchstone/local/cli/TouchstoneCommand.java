package org.touchstone.local.cli;

import java.nio.file.Path;
import org.touchstone.local.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code touchstone}: the command that holds the others. */
@Command(
    name = "touchstone",
    description = "Tells authentic media from manipulated and synthetic ones.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    subcommands = {AnalyzeCommand.class, UpCommand.class, ModelsCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:analysed",
      "1:the analysis failed",
      "2:wrong usage",
      "3:the input cannot be resolved to media",
      "4:something about this machine is in the way"
    })
public final class TouchstoneCommand {
  private TouchstoneCommand() {}

  /** Runs the command line; returns the exit code. */
  public static int execute(String... args) {
    return new CommandLine(new TouchstoneCommand())
        .registerConverter(Path.class, StackMixin::resolve)
        .setExecutionExceptionHandler(TouchstoneCommand::report)
        .execute(args);
  }

  private static int report(
      Exception e, CommandLine commandLine, CommandLine.ParseResult arguments) {
    String message =
        e instanceof StackException ? e.getMessage() : "Something went wrong: " + e.getMessage();
    commandLine.getErr().println(message);
    if (System.getenv("TOUCHSTONE_DEBUG") != null) {
      e.printStackTrace(commandLine.getErr());
    }
    return ExitCode.ENVIRONMENT;
  }
}
