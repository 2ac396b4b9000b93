package org.touchstone.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The relations between the manifests of a store, given by their ingredient assertions (C2PA
 * specification, chapter on standard assertions). A medium is an edited form of its {@code
 * parentOf} ingredient. A {@code componentOf} or {@code inputTo} ingredient may be a small part of
 * it or not be visible in it at all.
 */
final class C2paIngredients {
  private static final String ASSERTION = "c2pa.ingredient";
  private static final String PARENT = "parentOf";

  private C2paIngredients() {}

  /** The parents of a manifest, and their parents; compared by identity. */
  static Set<Jumbf> lineage(Jumbf manifest, List<Jumbf> store) {
    Set<Jumbf> lineage = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Jumbf> open = new ArrayDeque<>(List.of(manifest));
    while (!open.isEmpty()) {
      List<Jumbf> assertions =
          open.pop().child("c2pa.assertions").map(Jumbf::children).orElse(List.of());
      for (Jumbf assertion : assertions) {
        if (assertion.label().startsWith(ASSERTION)) {
          parent(C2paReader.node(assertion), store).filter(lineage::add).ifPresent(open::push);
        }
      }
    }
    return lineage;
  }

  private static Optional<Jumbf> parent(JsonNode ingredient, List<Jumbf> store) {
    if (!PARENT.equals(ingredient.path("relationship").textValue())) {
      return Optional.empty();
    }
    // Version 3 of the assertion uses another name for the reference.
    JsonNode reference = ingredient.path("activeManifest");
    JsonNode url =
        (reference.isObject() ? reference : ingredient.path("c2pa_manifest")).path("url");
    return store.stream().filter(m -> isTarget(url.asText(), m.label())).findFirst();
  }

  /**
   * Whether a reference names this manifest. It is a JUMBF URI such as {@code
   * self#jumbf=/c2pa/urn:c2pa:0}.
   */
  private static boolean isTarget(String url, String label) {
    return !label.isEmpty() && url.endsWith("/" + label);
  }
}
