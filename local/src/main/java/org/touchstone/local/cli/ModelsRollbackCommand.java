package org.touchstone.local.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models rollback}. */
@Command(
    name = "rollback",
    description = {
      "Goes back to the version of a model before its newest one, which is removed.",
      "Exit code 0: done; 3: there is no earlier version; 4: the earlier version is damaged."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models rollback commfor-lowq"})
final class ModelsRollbackCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The model's name.")
  private String name;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ModelStore store = new ModelStore(models.folder());
    List<InstalledModel> versions =
        store.list().stream().filter(model -> model.manifest().name().equals(name)).toList();
    if (versions.size() < 2) {
      spec.commandLine()
          .getErr()
          .println(
              versions.isEmpty()
                  ? "This model is not installed."
                  : "There is no earlier version of this model.");
      return ExitCode.NOT_RESOLVABLE;
    }
    InstalledModel newest = versions.getLast();
    InstalledModel before = versions.get(versions.size() - 2);
    try {
      store.verify(before);
    } catch (ModelException e) {
      spec.commandLine()
          .getErr()
          .println(
              ResultTable.printable(
                  "Not rolled back, as version %s is damaged: %s"
                      .formatted(before.manifest().version(), e.getMessage())));
      return ExitCode.ENVIRONMENT;
    }
    store.remove(newest);
    String used = before.manifest().version();
    String removed = newest.manifest().version();
    spec.commandLine()
        .getOut()
        .println(
            json
                ? Json.string(
                    Json.mapper()
                        .createObjectNode()
                        .put("name", name)
                        .put("removed", removed)
                        .put("version", used))
                : "Removed %s %s; version %s is used again.".formatted(name, removed, used));
    spec.commandLine().getOut().flush();
    return ExitCode.ANALYSED;
  }
}
