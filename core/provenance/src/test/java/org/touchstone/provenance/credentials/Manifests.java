package org.touchstone.provenance.credentials;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.touchstone.c2pa.Validation;
import org.touchstone.c2pa.credential.Signer;
import org.touchstone.c2pa.credential.SigningAlgorithm;
import org.touchstone.c2pa.manifest.Action;
import org.touchstone.c2pa.manifest.Ingredient;
import org.touchstone.c2pa.manifest.ManifestReport;
import org.touchstone.c2pa.status.Status;

/** Short ways to write validated manifests. */
final class Manifests {
  static final Instant SIGNED = Instant.parse("2026-05-01T10:00:00Z");

  private Manifests() {}

  static Validation validation(ManifestReport... manifests) {
    return validation(Validation.State.VALID, List.of(), List.of(), manifests);
  }

  static Validation validation(
      Validation.State state,
      List<Status> ofAsset,
      List<Status> ofIngredients,
      ManifestReport... manifests) {
    return new Validation(state, null, SIGNED, List.of(manifests), ofAsset, ofIngredients);
  }

  static ManifestReport manifest(String label, Signer signer, Action... actions) {
    return manifest(label, signer, List.of(), actions);
  }

  static ManifestReport manifest(
      String label, Signer signer, List<Ingredient> ingredients, Action... actions) {
    return new ManifestReport(
        label,
        2,
        false,
        List.of("Software 1"),
        label + ".jpg",
        "image/jpeg",
        signer,
        List.of(actions),
        true,
        ingredients,
        List.of(),
        List.of());
  }

  static Signer signer(String vouchedBy, String record) {
    return new Signer(
        "Maker",
        "Authority",
        BigInteger.TEN,
        "ab".repeat(32),
        SIGNED.minusSeconds(9),
        SIGNED.plusSeconds(9),
        SigningAlgorithm.ES256,
        SIGNED,
        "Clock",
        true,
        vouchedBy,
        1,
        record);
  }

  static Action action(String name, String type) {
    return new Action(name, uri(type), null, null, null, true, List.of());
  }

  static Action gathered(String name, String type) {
    return new Action(name, uri(type), null, null, null, false, List.of());
  }

  static Action described(String name, String type, String description) {
    return new Action(name, uri(type), "Tool", description, null, true, List.of());
  }

  private static String uri(String type) {
    return type == null ? null : "http://cv.iptc.org/newscodes/digitalsourcetype/" + type;
  }
}
