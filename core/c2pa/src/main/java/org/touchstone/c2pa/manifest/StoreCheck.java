package org.touchstone.c2pa.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.touchstone.c2pa.binding.Binding;
import org.touchstone.c2pa.credential.SignatureCheck;
import org.touchstone.c2pa.jumbf.Cbor;
import org.touchstone.c2pa.jumbf.JumbfBox;
import org.touchstone.c2pa.jumbf.JumbfException;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.Status;
import org.touchstone.c2pa.status.StatusLog;

/**
 * Checks a manifest store: its active manifest, which is the last, the ingredients on the way to
 * it, and whether the asset is the one that was signed. Each manifest is checked once.
 */
public final class StoreCheck {
  private static final int MAX_MANIFESTS = 1_000;
  private static final String TIME_STAMPS = "c2pa.time-stamp";
  private static final String STATUSES = "c2pa.certificate-status";

  private final Map<String, Manifest> manifests = new LinkedHashMap<>();
  private final Map<String, ManifestCheck> checks = new LinkedHashMap<>();
  private final Map<String, List<byte[]>> stamps = new HashMap<>();
  private final Set<JumbfUri> redactions = new HashSet<>();
  private final IngredientHashes hashes = new IngredientHashes();
  private final SignatureCheck signatures;
  private final Manifest active;

  /**
   * @param store the box of the manifest store
   * @throws JumbfException when it has no manifests, or too many
   */
  public StoreCheck(JumbfBox store, SignatureCheck signatures) throws JumbfException {
    this.signatures = signatures;
    if (!BoxType.STORE.isOf(store)) {
      throw JumbfException.malformed("there is not a manifest store");
    }
    if (store.children().size() > MAX_MANIFESTS) {
      throw JumbfException.overLimit("there are more than " + MAX_MANIFESTS + " manifests");
    }
    CompressedManifests compressed = new CompressedManifests();
    for (JumbfBox box : store.children()) {
      Manifest manifest =
          new Manifest(BoxType.COMPRESSED_MANIFEST.isOf(box) ? compressed.unpack(box) : box);
      if (!manifest.isUpdate() && !BoxType.MANIFEST.isOf(manifest.box())) {
        throw JumbfException.malformed("a box of the manifest store is not a manifest");
      }
      manifests.put(manifest.label(), manifest);
    }
    if (manifests.isEmpty()) {
      throw JumbfException.malformed("the manifest store is empty");
    }
    active = manifests.get(store.children().getLast().label());
  }

  /**
   * The result.
   *
   * @param manifests the active manifest first, then those of its ingredients
   * @param ofAsset what was found about the active manifest and its binding to the asset
   * @param ofIngredients what was found about ingredients and was not known to those who used them
   * @param isWhole whether all could be checked
   */
  public record Result(
      List<ManifestReport> manifests,
      List<Status> ofAsset,
      List<Status> ofIngredients,
      boolean isWhole) {
    public Result {
      manifests = List.copyOf(manifests);
      ofAsset = List.copyOf(ofAsset);
      ofIngredients = List.copyOf(ofIngredients);
    }
  }

  /** How the asset's bytes are compared with an assertion. */
  @FunctionalInterface
  public interface Asset {
    /**
     * The binding to the asset's bytes.
     *
     * @param isUpdated whether update manifests were added since the asset was signed
     */
    Binding binding(boolean isUpdated);
  }

  /**
   * Checks all.
   *
   * @throws JumbfException {@linkplain JumbfException#isOverLimit over a limit}
   * @throws IOException when the asset cannot be read
   */
  public Result run(Asset asset) throws IOException {
    readStamps();
    StatusLog binding = new StatusLog();
    StatusLog ingredients = new StatusLog();
    ManifestCheck first = check(active);
    ingredients(active, first, ingredients);
    boolean isWhole = bind(first, asset, binding);
    List<Status> ofAsset = new ArrayList<>(first.log().all());
    ofAsset.addAll(binding.all());
    List<Status> ofIngredients = new ArrayList<>(ingredients.all());
    checks.values().stream()
        .filter(check -> check != first)
        .flatMap(check -> check.log().all().stream())
        .forEach(ofIngredients::add);
    List<IngredientAssertion.Recorded> known =
        checks.values().stream()
            // What a broken manifest says it knew may have been added to hide that it is broken.
            .filter(ManifestCheck::isSound)
            .flatMap(check -> check.ingredients().stream())
            .flatMap(ingredient -> ingredient.recorded().stream())
            .toList();
    return new Result(
        checks.values().stream().map(ManifestCheck::report).toList(),
        ofAsset,
        ofIngredients.stream()
            .filter(
                status ->
                    !status.isFailure() || known.stream().noneMatch(one -> one.covers(status)))
            .toList(),
        isWhole);
  }

  private ManifestCheck check(Manifest manifest) throws JumbfException {
    ManifestCheck check = checks.get(manifest.label());
    if (check == null) {
      check = new ManifestCheck(manifest, redactions);
      checks.put(manifest.label(), check);
      check.run(signatures, additions(manifest));
      // Only a manifest that is met before another can have removed something from it: whoever adds
      // a manifest to a store cannot remove anything from the active one.
      check
          .claim()
          .ifPresent(
              claim ->
                  claim.redacted().stream()
                      .filter(uri -> uri.manifest() != null)
                      .filter(uri -> !uri.manifest().equals(manifest.label()))
                      .forEach(
                          uri -> {
                            redactions.add(uri);
                            hashes.noteRedaction(uri.manifest(), manifest.label());
                          }));
    }
    return check;
  }

  /** Time stamps, which later manifests have for earlier ones. */
  private void readStamps() {
    for (Manifest manifest : manifests.values()) {
      manifest.assertions().forEach((label, box) -> readStamps(label, box));
    }
  }

  private void readStamps(String label, JumbfBox box) {
    if (!Manifest.isOf(label, TIME_STAMPS)) {
      return;
    }
    try {
      Manifest.node(box)
          .properties()
          .forEach(
              entry -> {
                byte[] token = Cbor.binary(entry.getValue());
                if (token != null) {
                  stamps.computeIfAbsent(entry.getKey(), key -> new ArrayList<>()).add(token);
                }
              });
    } catch (JumbfException e) {
      // A time stamp that cannot be read does not count.
    }
  }

  private SignatureCheck.Additions additions(Manifest manifest) {
    List<byte[]> statuses = new ArrayList<>();
    manifest
        .assertions()
        .forEach(
            (label, box) -> {
              if (Manifest.isOf(label, STATUSES)) {
                try {
                  for (JsonNode status : Manifest.node(box).path("ocspVals")) {
                    byte[] der = Cbor.binary(status);
                    if (der != null) {
                      statuses.add(der);
                    }
                  }
                } catch (JumbfException e) {
                  // A status that cannot be read does not count.
                }
              }
            });
    return new SignatureCheck.Additions(stamps.getOrDefault(manifest.label(), List.of()), statuses);
  }

  /** Checks the manifests of ingredients, and of theirs; one that was met before is left out. */
  private void ingredients(Manifest start, ManifestCheck startCheck, StatusLog log)
      throws JumbfException {
    List<ManifestCheck> open = new ArrayList<>(List.of(startCheck));
    Map<ManifestCheck, String> labels = new HashMap<>(Map.of(startCheck, start.label()));
    Set<String> met = new HashSet<>(Set.of(start.label()));
    while (!open.isEmpty()) {
      ManifestCheck check = open.removeFirst();
      String within = labels.get(check);
      for (IngredientAssertion ingredient : check.ingredients()) {
        Optional<Manifest> found = ingredient(ingredient, within, log);
        if (found.isPresent()) {
          ManifestCheck next = check(found.get());
          hashes.compare(ingredient, found.get(), next, within, log);
          if (met.add(found.get().label())) {
            labels.put(next, found.get().label());
            open.add(next);
          }
        }
      }
    }
  }

  private Optional<Manifest> ingredient(
      IngredientAssertion assertion, String within, StatusLog log) {
    String url = JumbfUri.absolute(within, "c2pa.assertions/" + assertion.ingredient().label());
    if (assertion.manifest().isEmpty()) {
      if (!"inputTo".equals(assertion.ingredient().relationship())) {
        log.add(Code.INGREDIENT_UNKNOWN_PROVENANCE, url);
      }
      return Optional.empty();
    }
    if (assertion.version() == 3 && !assertion.hasResults()) {
      log.add(Code.ASSERTION_INGREDIENT_MALFORMED, url, "it has no results of its validation");
    }
    Optional<Manifest> found =
        Optional.ofNullable(assertion.manifest().get().uri().manifest()).map(manifests::get);
    if (found.isEmpty()) {
      log.add(
          Code.INGREDIENT_MANIFEST_MISSING, assertion.manifest().get().uri().absoluteIn(within));
    }
    return found;
  }

  /** Compares the asset with the manifest that binds it; false when that cannot be done. */
  private boolean bind(ManifestCheck first, Asset asset, StatusLog log) throws IOException {
    Manifest binding = active;
    Set<String> met = new HashSet<>();
    while (binding != null && binding.isUpdate() && met.add(binding.label())) {
      binding = parent(binding);
    }
    String url = JumbfUri.absolute(active.label(), "");
    if (first.claim().isEmpty()) {
      return true;
    }
    if (binding == null || binding.isUpdate() || binding.hardBindings().isEmpty()) {
      log.add(Code.HARD_BINDINGS_MISSING, url);
      return true;
    }
    if (binding.hardBindings().size() > 1) {
      log.add(Code.HARD_BINDINGS_MULTIPLE, url);
      return true;
    }
    Optional<Claim> claim = check(binding).claim();
    String label = binding.hardBindings().getFirst();
    String assertionUrl = JumbfUri.absolute(binding.label(), "c2pa.assertions/" + label);
    JsonNode assertion;
    try {
      assertion = Manifest.node(binding.assertions().get(label));
    } catch (JumbfException e) {
      if (e.isOverLimit()) {
        throw e;
      }
      log.add(Code.ASSERTION_CBOR_INVALID, assertionUrl, e.getMessage());
      return true;
    }
    boolean isDeclared =
        claim.isPresent()
            && claim.get().references().stream().anyMatch(r -> r.uri().last().equals(label));
    if (!isDeclared) {
      log.add(Code.HARD_BINDINGS_MISSING, assertionUrl, "the claim does not name its binding");
      return true;
    }
    if (claim.get().version() > 1 && label.equals("c2pa.hash.bmff")) {
      log.add(
          Code.ASSERTION_BMFF_HASH_MALFORMED,
          assertionUrl,
          "version 1 of the hash is for claims of version 1");
      return true;
    }
    return asset
        .binding(binding != active)
        .check(label, assertion, claim.get().algorithm(), assertionUrl, log);
  }

  private Manifest parent(Manifest manifest) throws JumbfException {
    return check(manifest).ingredients().stream()
        .filter(ingredient -> ingredient.ingredient().isParent())
        .map(ingredient -> manifests.get(ingredient.ingredient().manifest()))
        .findFirst()
        .orElse(null);
  }
}
