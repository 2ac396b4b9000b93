package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.local.models.Catalogues;
import org.touchstone.local.models.Origin;
import org.touchstone.local.selftest.SelfTestException;
import org.touchstone.local.selftest.SelfTestResult;
import org.touchstone.local.selftest.SelfTests;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelStore;
import org.touchstone.models.catalogue.Catalogue;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.SelfTest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models verify}. */
@Command(
    name = "verify",
    description = {
      "Checks the installed models' files against their manifests, and that the newest version of"
          + " each still gives what it gave when it was installed.",
      "Exit code 0: all are in order; 4: one is not."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models verify"})
final class ModelsVerifyCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;

  @Option(names = "--files-only", description = "Check the files, but do not run the models.")
  private boolean filesOnly;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    ModelStore store = new ModelStore(models.folder());
    Catalogue catalogue = Catalogues.bundled();
    List<InstalledModel> newest = store.newest();
    ArrayNode document = Json.mapper().createArrayNode();
    int exitCode = ExitCode.ANALYSED;
    for (InstalledModel model : store.list()) {
      String fault = null;
      SelfTestResult result = null;
      try {
        store.verify(model);
        if (!filesOnly && newest.contains(model)) {
          result = new SelfTests().run(store, model, published(catalogue, model));
        }
      } catch (ModelException | SelfTestException e) {
        fault = e.getMessage();
        exitCode = ExitCode.ENVIRONMENT;
      }
      String name = model.manifest().name();
      String version = model.manifest().version();
      document
          .addObject()
          .put("name", name)
          .put("version", version)
          .put("intact", fault == null)
          .put("selfTest", result == null ? null : result.kind().title())
          .put("fault", fault);
      if (!json) {
        String state = fault != null ? fault : "intact";
        spec.commandLine()
            .getOut()
            .println(
                ResultTable.printable(
                    name
                        + " "
                        + version
                        + ": "
                        + state
                        + (result == null ? "" : "; " + result.line())));
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.string(document));
    }
    spec.commandLine().getOut().flush();
    return exitCode;
  }

  /** The publisher's scores, if the catalogue has them for these files. */
  private static Optional<SelfTest> published(Catalogue catalogue, InstalledModel model) {
    return Origin.read(model)
        .flatMap(origin -> catalogue.find(origin.entry()).filter(origin::isOf))
        .flatMap(CatalogueEntry::selfTest);
  }
}
