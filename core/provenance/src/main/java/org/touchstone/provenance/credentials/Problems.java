package org.touchstone.provenance.credentials;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.touchstone.c2pa.Validation;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.Status;
import org.touchstone.domain.provenance.Problem;

/** The one thing that explains best why credentials do not hold. */
final class Problems {
  private static final Set<Code> BINDING =
      Set.of(
          Code.ASSERTION_DATA_HASH_MISMATCH,
          Code.ASSERTION_BMFF_HASH_MISMATCH,
          Code.ASSERTION_BOXES_HASH_MISMATCH,
          Code.ASSERTION_BOXES_HASH_UNKNOWN_BOX);

  private static final Set<Code> DAMAGE =
      Set.of(
          Code.CLAIM_SIGNATURE_MISMATCH,
          Code.CLAIM_SIGNATURE_MISSING,
          Code.ASSERTION_HASHED_URI_MISMATCH,
          Code.ASSERTION_MISSING,
          Code.CLAIM_MISSING,
          Code.CLAIM_CBOR_INVALID,
          Code.ASSERTION_CBOR_INVALID,
          Code.GENERAL_ERROR);

  private Problems() {}

  /** Why an invalid validation is invalid. */
  static Problem of(Validation validation) {
    List<Code> asset = failures(validation.ofAsset());
    // A wrong signature makes everything else that is said worthless, so it comes first.
    if (asset.stream().anyMatch(DAMAGE::contains) || validation.manifests().isEmpty()) {
      return Problem.DAMAGED_OR_FORGED;
    }
    if (asset.contains(Code.SIGNING_CREDENTIAL_REVOKED)) {
      return Problem.REVOKED;
    }
    if (asset.stream().anyMatch(BINDING::contains)) {
      return Problem.CHANGED_AFTER_SIGNING;
    }
    if (asset.contains(Code.SIGNING_CREDENTIAL_EXPIRED)) {
      return Problem.EXPIRED;
    }
    if (asset.contains(Code.SIGNING_CREDENTIAL_INVALID)) {
      return Problem.WRONG_CERTIFICATE;
    }
    if (asset.isEmpty() && !failures(validation.ofIngredients()).isEmpty()) {
      return Problem.INGREDIENT;
    }
    return Problem.RULES_BROKEN;
  }

  /** Failures that count: that nobody vouches for a signer is none. */
  private static List<Code> failures(List<Status> statuses) {
    return statuses.stream()
        .filter(Status::isFailure)
        .map(Status::code)
        .filter(code -> code != Code.SIGNING_CREDENTIAL_UNTRUSTED)
        .toList();
  }

  /** All failures by the specification's names, each once. */
  static List<String> codes(Validation validation) {
    return Stream.concat(validation.ofAsset().stream(), validation.ofIngredients().stream())
        .filter(Status::isFailure)
        .map(status -> status.code().text())
        .distinct()
        .toList();
  }
}
