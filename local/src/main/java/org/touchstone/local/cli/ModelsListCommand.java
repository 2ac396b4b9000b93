package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.touchstone.detectors.DetectorRegistry;
import org.touchstone.domain.Compute;
import org.touchstone.domain.Json;
import org.touchstone.domain.Modality;
import org.touchstone.local.models.Catalogues;
import org.touchstone.models.InstalledModel;
import org.touchstone.models.ModelException;
import org.touchstone.models.ModelManifest;
import org.touchstone.models.ModelRole;
import org.touchstone.models.ModelStore;
import org.touchstone.models.catalogue.CatalogueEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code models list}. */
@Command(
    name = "list",
    description = "Lists the installed models, or those that can be installed.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = {"  ./touchstone models list --available"})
final class ModelsListCommand implements Callable<Integer> {
  @ParentCommand private ModelsCommand models;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(
      names = "--available",
      description = "List the models that are available for installation.")
  private boolean available;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (available) {
      listAvailable(out);
    } else {
      listInstalled(out);
    }
    out.flush();
    return ExitCode.ANALYSED;
  }

  private void listInstalled(PrintWriter out) {
    ModelStore store = new ModelStore(models.folder());
    List<InstalledModel> installed = store.list();
    if (json) {
      ArrayNode array = Json.mapper().createArrayNode();
      installed.forEach(model -> array.add(json(store, model)));
      out.println(Json.string(array));
      return;
    }
    if (installed.isEmpty()) {
      out.println("No model is installed.");
    }
    for (InstalledModel model : installed) {
      ModelManifest manifest = model.manifest();
      OptionalLong bytes = bytes(store, model);
      out.printf(
          Locale.ROOT,
          "%-20s %-28s %-14s %-12s %-4s %10s  %s%n",
          manifest.name(),
          manifest.version(),
          manifest.role().title(),
          tracks(manifest),
          compute(store, manifest).code(),
          bytes.isPresent() ? megabytes(bytes.getAsLong()) : "damaged",
          ResultTable.clean(manifest.licence()));
    }
  }

  private void listAvailable(PrintWriter out) {
    List<CatalogueEntry> entries = Catalogues.bundled().entries();
    if (json) {
      ArrayNode array = Json.mapper().createArrayNode();
      entries.forEach(entry -> array.add(AvailableModel.json(entry)));
      out.println(Json.string(array));
      return;
    }
    for (CatalogueEntry entry : entries) {
      AvailableModel.lines(entry).forEach(out::println);
      out.println();
    }
  }

  private static JsonNode json(ModelStore store, InstalledModel model) {
    ModelManifest manifest = model.manifest();
    ObjectNode node =
        Json.mapper()
            .createObjectNode()
            .put("name", manifest.name())
            .put("version", manifest.version())
            .put("licence", manifest.licence());
    node.put("role", manifest.role().code().replace('-', '_').toUpperCase(Locale.ROOT));
    node.set("tracks", Json.mapper().valueToTree(trackSet(manifest).stream().sorted().toList()));
    node.put("compute", compute(store, manifest).code());
    node.set("trainedOn", Json.mapper().valueToTree(manifest.trainedOn()));
    node.set("calibratedOn", Json.mapper().valueToTree(manifest.calibratedOn()));
    OptionalLong bytes = bytes(store, model);
    bytes.ifPresent(count -> node.put("bytes", count));
    return node.put("complete", bytes.isPresent());
  }

  /** What it needs to run on. */
  private static Compute compute(ModelStore store, ModelManifest manifest) {
    return DetectorRegistry.compute(store, manifest);
  }

  private static Set<Modality> trackSet(ModelManifest manifest) {
    return manifest.detector().map(ModelRole.Detector::tracks).orElse(Set.of());
  }

  private static String tracks(ModelManifest manifest) {
    return trackSet(manifest).stream()
        .map(Modality::code)
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static OptionalLong bytes(ModelStore store, InstalledModel model) {
    try {
      return OptionalLong.of(store.bytes(model));
    } catch (ModelException e) {
      return OptionalLong.empty();
    }
  }

  private static String megabytes(long bytes) {
    return InstallReport.megabytes(bytes);
  }
}
