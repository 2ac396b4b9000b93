package org.touchstone.provenance.credentials;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.touchstone.c2pa.Validation;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.manifest.ManifestReport;

/**
 * The manifests of a validation, each with what its medium is a new version of.
 *
 * @param manifests all of them, the active one first
 * @param line numbers of the active manifest, of its parent, of that one's parent and so on
 */
record Lineage(List<ManifestReport> manifests, List<Integer> line) {
  static Lineage of(Validation validation) {
    List<ManifestReport> manifests = validation.manifests();
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < manifests.size(); i++) {
      numbers.putIfAbsent(manifests.get(i).label(), i);
    }
    List<Integer> line = new ArrayList<>();
    Optional<Integer> next = manifests.isEmpty() ? Optional.empty() : Optional.of(0);
    while (next.isPresent() && !line.contains(next.get())) {
      line.add(next.get());
      next = parent(manifests.get(next.get())).map(numbers::get);
    }
    return new Lineage(manifests, List.copyOf(line));
  }

  private static Optional<String> parent(ManifestReport manifest) {
    return manifest.ingredients().stream()
        .filter(Ingredient::isParent)
        .map(ingredient -> Optional.ofNullable(ingredient.manifest()))
        .findFirst()
        .flatMap(label -> label);
  }

  /** The last on the line: where the medium began, as far as the credentials tell. */
  int origin() {
    return line.getLast();
  }

  /** Whether the origin is a new version of something that has no credentials of its own. */
  boolean beginsWithUnknown() {
    return manifests.get(origin()).ingredients().stream().anyMatch(Ingredient::isParent);
  }
}
