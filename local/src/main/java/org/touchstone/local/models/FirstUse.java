package org.touchstone.local.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.touchstone.models.ModelStore;
import org.touchstone.models.catalogue.CatalogueEntry;

/** What to do first where no detector's model is installed. */
public final class FirstUse {
  private FirstUse() {}

  /** One line for people; empty when a detector's model is installed. */
  public static Optional<String> hint(Path models) {
    boolean any =
        new ModelStore(models)
            .list().stream().anyMatch(model -> model.manifest().detector().isPresent());
    return any ? Optional.empty() : Optional.of(sentence(Catalogues.bundled().recommended()));
  }

  static String sentence(List<CatalogueEntry> recommended) {
    long bytes = recommended.stream().mapToLong(CatalogueEntry::maxBytes).sum();
    String licences =
        recommended.stream()
            .map(entry -> entry.licences().weights().split(" ")[0])
            .distinct()
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "No detector's model is installed, so that only traces of generators are found. Run:"
            + " ./touchstone models install (%.1f GB; weights under %s; it asks for what is"
            + " disputed)",
        bytes / 1e9,
        licences);
  }
}
