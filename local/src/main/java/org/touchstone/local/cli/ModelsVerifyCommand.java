package org.touchstone.local.cli;

import java.util.concurrent.Callable;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models verify}. */
@Command(
    name = "verify",
    description = "Checks the installed models' files against their manifests.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models verify"})
final class ModelsVerifyCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    ModelStore store = new ModelStore(models.folder());
    int exitCode = ExitCode.ANALYSED;
    for (InstalledModel model : store.list()) {
      String name = model.manifest().name() + " " + model.manifest().version();
      try {
        store.verify(model);
        spec.commandLine().getOut().println(name + ": intact");
      } catch (ModelException e) {
        spec.commandLine().getOut().println(name + ": " + e.getMessage());
        exitCode = ExitCode.ENVIRONMENT;
      }
    }
    spec.commandLine().getOut().flush();
    return exitCode;
  }
}
