package org.touchstone.infra.cost;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code ./touchstone cost}. It does not use the CDK, which would need Node: the cost of a
 * deployment can be read before anything for a deployment is installed.
 */
@Command(
    name = "touchstone cost",
    description = "Prints the monthly cost of a deployment, the content of docs/cost.md.",
    mixinStandardHelpOptions = true)
public final class CostCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  private CostCommand() {}

  /** Prints the page. Exits with 0, or 2 when an argument is unknown. */
  public static void main(String... args) {
    System.exit(new CommandLine(new CostCommand()).execute(args));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(CostPage.render());
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
