package org.touchstone.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.touchstone.domain.Json;
import org.touchstone.models.catalogue.CatalogueEntry;
import org.touchstone.models.catalogue.CatalogueEntry.Product;
import org.touchstone.models.catalogue.CatalogueEntry.Use;
import org.touchstone.models.catalogue.CatalogueFile;
import org.touchstone.models.catalogue.Licences;

/** What {@code models list --available} says of one entry. */
final class AvailableModel {
  private AvailableModel() {}

  static List<String> lines(CatalogueEntry entry) {
    List<String> lines = new ArrayList<>();
    Use use = entry.use();
    String size =
        entry.files().isEmpty() ? "not public" : InstallReport.megabytes(entry.maxBytes());
    lines.add(
        entry.name()
            + (use.recommended() ? " (recommended)" : "")
            + ": "
            + size
            + (use.memory().isPresent()
                ? ", about %s of memory"
                    .formatted(InstallReport.megabytes(use.memory().getAsLong()))
                : ""));
    use.looksAt().ifPresent(text -> add(lines, "looks at", text));
    Licences licences = entry.licences();
    add(lines, "weights", licences.weights());
    licences.code().ifPresent(text -> add(lines, "code", text));
    licences.data().ifPresent(text -> add(lines, "data", text));
    licences.conflict().ifPresent(text -> add(lines, "conflict", text));
    entry.disputed().ifPresent(text -> add(lines, "disputed", text));
    entry.restriction().ifPresent(text -> add(lines, "restricted", text));
    use.measured().forEach(one -> add(lines, "measured", one.figure() + " [" + one.source() + "]"));
    use.abstains().ifPresent(text -> add(lines, "abstains", text));
    entry.note().ifPresent(text -> add(lines, "note", text));
    add(lines, "self-test", selfTest(entry));
    add(lines, "see", entry.homepage());
    return lines;
  }

  private static void add(List<String> lines, String label, String text) {
    lines.add("  %-11s %s".formatted(label, ResultTable.printable(text)));
  }

  private static String selfTest(CatalogueEntry entry) {
    return entry
        .selfTest()
        .map(test -> "scores of " + test.source())
        .orElse("structure only: nobody published scores to compare with");
  }

  static ObjectNode json(CatalogueEntry entry) {
    ObjectNode node = Json.mapper().createObjectNode().put("name", entry.name());
    if (entry.product() instanceof Product.Imported imported) {
      node.put("detector", imported.detector());
    }
    entry.revision().ifPresent(text -> node.put("revision", text));
    Licences licences = entry.licences();
    node.put("licence", licences.weights()).put("homepage", entry.homepage());
    ObjectNode each = node.putObject("licences").put("weights", licences.weights());
    licences.code().ifPresent(text -> each.put("code", text));
    licences.data().ifPresent(text -> each.put("data", text));
    licences.conflict().ifPresent(text -> each.put("conflict", text));
    entry.restriction().ifPresent(text -> node.put("restriction", text));
    entry.disputed().ifPresent(text -> node.put("disputed", text));
    entry.note().ifPresent(text -> node.put("note", text));
    node.set("trainedOn", Json.mapper().valueToTree(entry.trainedOn()));
    Use use = entry.use();
    node.put("recommended", use.recommended());
    use.looksAt().ifPresent(text -> node.put("looksAt", text));
    use.memory().ifPresent(bytes -> node.put("memory", bytes));
    use.abstains().ifPresent(text -> node.put("abstains", text));
    node.set("measured", Json.mapper().valueToTree(use.measured()));
    node.put("selfTest", entry.selfTest().isPresent() ? "scores" : "structure only");
    ArrayNode files = node.putArray("files");
    for (CatalogueFile file : entry.files()) {
      ObjectNode one =
          files.addObject().put("name", file.name()).put("url", file.link().toString());
      file.sha256().ifPresent(text -> one.put("sha256", text));
      one.put(file.exact() ? "bytes" : "maxBytes", file.maxBytes());
    }
    return node.put("maxBytes", entry.maxBytes());
  }
}
