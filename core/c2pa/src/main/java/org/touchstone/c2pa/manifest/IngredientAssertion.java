package org.touchstone.c2pa.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.touchstone.c2pa.status.Status;

/**
 * An ingredient's assertion.
 *
 * @param ingredient what it says to readers
 * @param version 1, 2 or 3
 * @param manifest the ingredient's manifest; empty when it has none
 * @param signature the signature of that manifest, in version 3
 * @param hasResults whether the results of its validation are there, which version 3 needs
 * @param recorded the failures that its signer knew of
 */
record IngredientAssertion(
    Ingredient ingredient,
    int version,
    Optional<HashedUri> manifest,
    Optional<HashedUri> signature,
    boolean hasResults,
    List<Recorded> recorded) {
  static final String KIND = "c2pa.ingredient";

  private static final int MAX_RECORDED = 1_000;

  /**
   * A failure that a signer knew of.
   *
   * @param uri what it is about; null when that is not said
   */
  record Recorded(String code, JumbfUri uri) {

    /** Whether it is the same as one that was found. */
    boolean covers(Status status) {
      if (!status.code().text().equals(code)) {
        return false;
      }
      JumbfUri found = JumbfUri.of(status.url()).orElse(null);
      if (uri == null || found == null) {
        return true;
      }
      return uri.manifest() == null
          ? uri.last().equals(found.last())
          : uri.manifest().equals(found.manifest()) && uri.last().equals(found.last());
    }
  }

  static IngredientAssertion of(String label, JsonNode node) {
    int version = version(label);
    Optional<HashedUri> manifest =
        HashedUri.of(node.path(version == 3 ? "activeManifest" : "c2pa_manifest"));
    return new IngredientAssertion(
        new Ingredient(
            label,
            Claim.text(node.path("dc:title")),
            Claim.text(node.path("dc:format")),
            Claim.text(node.path("relationship")),
            manifest.map(uri -> uri.uri().manifest()).orElse(null)),
        version,
        manifest,
        HashedUri.of(node.path("claimSignature")),
        node.has("validationResults"),
        recorded(node));
  }

  private static int version(String label) {
    String bare = label.contains("__") ? label.substring(0, label.indexOf("__")) : label;
    return bare.endsWith(".v3") ? 3 : bare.endsWith(".v2") ? 2 : 1;
  }

  private static List<Recorded> recorded(JsonNode node) {
    List<Recorded> recorded = new ArrayList<>();
    node.path("validationStatus").forEach(status -> add(status, recorded));
    JsonNode results = node.path("validationResults");
    results.path("activeManifest").path("failure").forEach(status -> add(status, recorded));
    for (JsonNode delta : results.path("ingredientDeltas")) {
      delta.path("validationDeltas").path("failure").forEach(status -> add(status, recorded));
    }
    return recorded;
  }

  private static void add(JsonNode status, List<Recorded> recorded) {
    String code = status.path("code").textValue();
    if (code != null && recorded.size() < MAX_RECORDED) {
      recorded.add(new Recorded(code, JumbfUri.of(status.path("url").asText(null)).orElse(null)));
    }
  }
}
