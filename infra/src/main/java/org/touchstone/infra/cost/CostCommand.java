package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.touchstone.local.cost.CostPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cost}. */
@Command(
    name = "cost",
    description = "Prints what a deployment costs a month, as docs/cost.md has it.",
    mixinStandardHelpOptions = true)
final class CostCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(CostPage.render());
    out.flush();
    return ExitCode.ANALYSED;
  }
}
