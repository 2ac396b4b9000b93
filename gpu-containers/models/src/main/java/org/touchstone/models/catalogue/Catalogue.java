package org.touchstone.models.catalogue;

import java.net.URL;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The published models that can be installed. An organisation with a mirror or weights of its own
 * writes a file of the same form, which {@link CatalogueReader} reads.
 *
 * @param entries each with a name of its own, in the order of their source
 */
public record Catalogue(List<CatalogueEntry> entries) {
  /**
   * @throws CatalogueException when two entries have the same name
   */
  public Catalogue {
    entries = List.copyOf(entries);
    Set<String> names = new HashSet<>();
    for (CatalogueEntry entry : entries) {
      if (!names.add(entry.name())) {
        throw new CatalogueException(entry.name() + " is in the catalogue twice");
      }
    }
  }

  /** Where the list of models that run as they are published lies. */
  public static URL published() {
    URL list = Catalogue.class.getResource("published.json");
    if (list == null) {
      throw new IllegalStateException("published.json is missing from the application");
    }
    return list;
  }

  /** The set that is installed when nothing is named. */
  public List<CatalogueEntry> recommended() {
    return entries.stream().filter(entry -> entry.use().recommended()).toList();
  }

  /** Finds an entry by its name. */
  public Optional<CatalogueEntry> find(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }
}
