package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.touchstone.domain.Json;
import org.touchstone.local.models.Catalogues;
import org.touchstone.local.models.Origin;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelStore;
import org.touchstone.models.catalogue.Catalogue;
import org.touchstone.models.catalogue.CatalogueEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models outdated}. */
@Command(
    name = "outdated",
    description = {
      "Lists installed models of which the catalogue has another revision.",
      "Exit code 0: none; 5: there are some."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models outdated"})
final class ModelsOutdatedCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() {
    Catalogue catalogue = Catalogues.bundled();
    ArrayNode document = Json.mapper().createArrayNode();
    PrintWriter out = spec.commandLine().getOut();
    for (InstalledModel model : new ModelStore(models.folder()).newest()) {
      Optional<Origin> origin = Origin.read(model);
      Optional<CatalogueEntry> now = origin.flatMap(known -> catalogue.find(known.entry()));
      if (now.isEmpty() || origin.get().isOf(now.get())) {
        continue;
      }
      String installed = origin.get().revision().orElse("unknown");
      String available = now.get().revision().orElse("unknown");
      document
          .addObject()
          .put("name", model.manifest().name())
          .put("version", model.manifest().version())
          .put("entry", now.get().name())
          .put("installed", installed)
          .put("available", available);
      if (!json) {
        out.println(
            ResultTable.printable(
                "%s %s: %s. Run: models install %s"
                    .formatted(
                        model.manifest().name(),
                        model.manifest().version(),
                        installed.equals(available)
                            ? "the catalogue has other files of this revision"
                            : "revision " + installed + "; the catalogue has " + available,
                        now.get().name())));
      }
    }
    if (json) {
      out.println(Json.string(document));
    } else if (document.isEmpty()) {
      out.println("No installed model is outdated.");
    }
    out.flush();
    return document.isEmpty() ? ExitCode.ANALYSED : ExitCode.NOT_COMPLETE;
  }
}
