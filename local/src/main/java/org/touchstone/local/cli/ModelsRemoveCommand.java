package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models remove}. */
@Command(
    name = "remove",
    description = {
      "Removes an installed model.",
      "Exit code 0: it is gone; 3: it is not installed."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models remove retinaface"})
final class ModelsRemoveCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "The model's name.")
  private String name;

  @Option(
      names = "--version-of-model",
      paramLabel = "VERSION",
      description = "Remove only this version (default: all).")
  private String version;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ModelStore store = new ModelStore(models.folder());
    List<InstalledModel> removed =
        store.list().stream()
            .filter(model -> model.manifest().name().equals(name))
            .filter(model -> version == null || model.manifest().version().equals(version))
            .toList();
    if (removed.isEmpty()) {
      spec.commandLine().getErr().println("This model is not installed.");
      return ExitCode.NOT_RESOLVABLE;
    }
    ArrayNode document = Json.mapper().createArrayNode();
    for (InstalledModel model : removed) {
      store.remove(model);
      String gone = model.manifest().version();
      document.addObject().put("name", name).put("version", gone);
      if (!json) {
        spec.commandLine().getOut().println("Removed " + name + " " + gone);
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.string(document));
    }
    spec.commandLine().getOut().flush();
    return ExitCode.ANALYSED;
  }
}
