package org.touchstone.c2pa.manifest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.touchstone.c2pa.jumbf.JumbfException;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.StatusLog;

/**
 * Compares manifests with the hashes by which they were taken as ingredients. One of which
 * something was removed has another hash; it is known by its signature.
 */
final class IngredientHashes {
  /** Many assertions may name one large manifest. */
  private static final long MAX_HASHED_BYTES = 1L << 30;

  private final Map<String, Set<String>> redactedBy = new HashMap<>();
  private final Map<String, Boolean> compared = new HashMap<>();
  private long hashed;

  /** Remembers that a manifest removed something from another. */
  void noteRedaction(String from, String by) {
    redactedBy.computeIfAbsent(from, key -> new HashSet<>()).add(by);
  }

  /**
   * Compares a manifest with the hash in an assertion.
   *
   * @param check of the manifest
   * @param within label of the manifest that has the assertion
   * @throws JumbfException {@linkplain JumbfException#isOverLimit over a limit}
   */
  void compare(
      IngredientAssertion assertion,
      Manifest manifest,
      ManifestCheck check,
      String within,
      StatusLog log)
      throws JumbfException {
    HashedUri reference = assertion.manifest().orElseThrow();
    String url = reference.uri().absoluteIn(within);
    String algorithm = check.claim().map(Claim::algorithm).orElse(null);
    hashed += manifest.box().body().remaining();
    if (hashed > MAX_HASHED_BYTES) {
      throw JumbfException.overLimit("there are too many hashes of ingredients");
    }
    boolean matches =
        compared.computeIfAbsent(
            manifest.label() + reference.algorithm() + HexFormat.of().formatHex(reference.hash()),
            key ->
                ManifestCheck.matches(manifest.box().body(), reference, algorithm).orElse(false));
    if (matches) {
      log.add(Code.INGREDIENT_MANIFEST_VALIDATED, url);
      return;
    }
    Set<String> redactors = redactedBy.getOrDefault(manifest.label(), Set.of());
    if (assertion.version() > 2 && !redactors.isEmpty()) {
      signature(assertion, manifest, algorithm, url, log);
    } else if (!redactors.contains(within) && !matchesClaim(manifest, reference, algorithm)) {
      log.add(Code.INGREDIENT_MANIFEST_MISMATCH, url);
    }
  }

  /** Before version 1.3 of the specification, the hash was that of the claim alone. */
  private static boolean matchesClaim(Manifest manifest, HashedUri reference, String algorithm) {
    return manifest.claims().stream()
        .flatMap(claim -> claim.content("cbor").stream())
        .anyMatch(c -> ManifestCheck.matches(c, reference, algorithm).orElse(false));
  }

  private static void signature(
      IngredientAssertion assertion,
      Manifest manifest,
      String algorithm,
      String url,
      StatusLog log) {
    if (assertion.signature().isEmpty() || manifest.signatureBox().isEmpty()) {
      log.add(Code.INGREDIENT_CLAIM_SIGNATURE_MISSING, url);
      return;
    }
    boolean matches =
        ManifestCheck.matches(
                manifest.signatureBox().get().body(), assertion.signature().get(), algorithm)
            .orElse(false);
    log.add(
        matches
            ? Code.INGREDIENT_CLAIM_SIGNATURE_VALIDATED
            : Code.INGREDIENT_CLAIM_SIGNATURE_MISMATCH,
        url);
  }
}
