package org.touchstone.local.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.touchstone.detectors.model.InstalledModel;
import org.touchstone.detectors.model.ModelException;
import org.touchstone.detectors.model.ModelStore;
import org.touchstone.domain.Modality;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models list}. */
@Command(
    name = "list",
    description = "Lists the installed models.",
    mixinStandardHelpOptions = true)
final class ModelsListCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ModelStore store = new ModelStore(models.folder());
    List<InstalledModel> installed = store.list();
    if (installed.isEmpty()) {
      out.println("No model is installed.");
    }
    for (InstalledModel model : installed) {
      out.printf(
          Locale.ROOT,
          "%-14s %-28s %-13s %-12s %8s  %s%n",
          model.manifest().name(),
          model.manifest().version(),
          model.manifest().title(),
          model.manifest().tracks().stream()
              .map(Modality::code)
              .sorted()
              .collect(Collectors.joining(",")),
          size(store, model),
          ResultTable.clean(model.manifest().licence()));
    }
    out.flush();
    return ExitCode.ANALYSED;
  }

  private static String size(ModelStore store, InstalledModel model) {
    try {
      return String.format(Locale.ROOT, "%.1f MB", store.bytes(model) / 1e6);
    } catch (ModelException e) {
      return "damaged";
    }
  }
}
