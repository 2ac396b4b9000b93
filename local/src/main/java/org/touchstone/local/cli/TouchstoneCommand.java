package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.touchstone.local.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code touchstone}: the parent of all commands. */
@Command(
    name = "./touchstone",
    description = "Distinguishes authentic media from manipulated and synthetic media.",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    subcommands = {
      AnalyzeCommand.class,
      UpCommand.class,
      ModelsCommand.class,
      JudgeCommand.class,
      KeysCommand.class,
      BotCommand.class,
      McpCommand.class,
      ProvenanceCommand.class,
      TrustCommand.class,
      DoctorCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:analysed",
      "1:the analysis failed",
      "2:wrong usage",
      "3:the input cannot be resolved to media",
      "4:a problem with this machine"
    })
public final class TouchstoneCommand {
  private TouchstoneCommand() {}

  /** Runs the command line; returns the exit code. */
  public static int execute(String... args) {
    return commandLine()
        .registerConverter(Path.class, StackMixin::resolve)
        .setExecutionExceptionHandler(TouchstoneCommand::report)
        .execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new TouchstoneCommand())
        .setParameterExceptionHandler(TouchstoneCommand::explain);
  }

  /** Wrong usage in a line or two: all options would hide what is wrong. */
  private static int explain(CommandLine.ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(ResultTable.printable(e.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println(
        "For the options see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE;
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
