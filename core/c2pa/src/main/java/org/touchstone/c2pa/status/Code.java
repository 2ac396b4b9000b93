package org.touchstone.c2pa.status;

import static org.touchstone.c2pa.status.Code.Kind.FAILURE;
import static org.touchstone.c2pa.status.Code.Kind.INFORMATIONAL;
import static org.touchstone.c2pa.status.Code.Kind.SUCCESS;

import com.fasterxml.jackson.annotation.JsonValue;

/** Status codes by the names of the C2PA specification 2.2, section 15.2. */
public enum Code {
  CLAIM_SIGNATURE_VALIDATED("claimSignature.validated", SUCCESS),
  CLAIM_SIGNATURE_INSIDE_VALIDITY("claimSignature.insideValidity", SUCCESS),
  SIGNING_CREDENTIAL_TRUSTED("signingCredential.trusted", SUCCESS),
  SIGNING_CREDENTIAL_OCSP_NOT_REVOKED("signingCredential.ocsp.notRevoked", SUCCESS),
  TIME_STAMP_VALIDATED("timeStamp.validated", SUCCESS),
  TIME_STAMP_TRUSTED("timeStamp.trusted", SUCCESS),
  ASSERTION_HASHED_URI_MATCH("assertion.hashedURI.match", SUCCESS),
  ASSERTION_DATA_HASH_MATCH("assertion.dataHash.match", SUCCESS),
  ASSERTION_BMFF_HASH_MATCH("assertion.bmffHash.match", SUCCESS),
  ASSERTION_BOXES_HASH_MATCH("assertion.boxesHash.match", SUCCESS),
  INGREDIENT_MANIFEST_VALIDATED("ingredient.manifest.validated", SUCCESS),
  INGREDIENT_CLAIM_SIGNATURE_VALIDATED("ingredient.claimSignature.validated", SUCCESS),

  SIGNING_CREDENTIAL_OCSP_SKIPPED("signingCredential.ocsp.skipped", INFORMATIONAL),
  TIME_STAMP_MALFORMED("timeStamp.malformed", INFORMATIONAL),
  TIME_STAMP_MISMATCH("timeStamp.mismatch", INFORMATIONAL),
  TIME_STAMP_OUTSIDE_VALIDITY("timeStamp.outsideValidity", INFORMATIONAL),
  TIME_STAMP_UNTRUSTED("timeStamp.untrusted", INFORMATIONAL),
  ASSERTION_DATA_HASH_ADDITIONAL_EXCLUSIONS(
      "assertion.dataHash.additionalExclusionsPresent", INFORMATIONAL),
  ASSERTION_BMFF_HASH_ADDITIONAL_EXCLUSIONS(
      "assertion.bmffHash.additionalExclusionsPresent", INFORMATIONAL),
  ASSERTION_BOXES_HASH_ADDITIONAL_EXCLUSIONS(
      "assertion.boxesHash.additionalExclusionsPresent", INFORMATIONAL),
  INGREDIENT_UNKNOWN_PROVENANCE("ingredient.unknownProvenance", INFORMATIONAL),

  CLAIM_MISSING("claim.missing", FAILURE),
  CLAIM_MULTIPLE("claim.multiple", FAILURE),
  CLAIM_MALFORMED("claim.malformed", FAILURE),
  CLAIM_CBOR_INVALID("claim.cbor.invalid", FAILURE),
  HARD_BINDINGS_MISSING("claim.hardBindings.missing", FAILURE),
  HARD_BINDINGS_MULTIPLE("assertion.multipleHardBindings", FAILURE),
  CLAIM_SIGNATURE_MISSING("claimSignature.missing", FAILURE),
  CLAIM_SIGNATURE_MISMATCH("claimSignature.mismatch", FAILURE),
  SIGNING_CREDENTIAL_INVALID("signingCredential.invalid", FAILURE),
  SIGNING_CREDENTIAL_UNTRUSTED("signingCredential.untrusted", FAILURE),
  SIGNING_CREDENTIAL_EXPIRED("signingCredential.expired", FAILURE),
  SIGNING_CREDENTIAL_REVOKED("signingCredential.ocsp.revoked", FAILURE),
  ASSERTION_HASHED_URI_MISMATCH("assertion.hashedURI.mismatch", FAILURE),
  ASSERTION_MISSING("assertion.missing", FAILURE),
  ASSERTION_UNDECLARED("assertion.undeclared", FAILURE),
  ASSERTION_OUTSIDE_MANIFEST("assertion.outsideManifest", FAILURE),
  ASSERTION_CBOR_INVALID("assertion.cbor.invalid", FAILURE),
  ASSERTION_NOT_REDACTED("assertion.notRedacted", FAILURE),
  ASSERTION_SELF_REDACTED("assertion.selfRedacted", FAILURE),
  ASSERTION_ACTION_MALFORMED("assertion.action.malformed", FAILURE),
  ASSERTION_ACTION_INGREDIENT_MISMATCH("assertion.action.ingredientMismatch", FAILURE),
  ASSERTION_ACTION_REDACTED("assertion.action.redacted", FAILURE),
  ASSERTION_DATA_HASH_MISMATCH("assertion.dataHash.mismatch", FAILURE),
  ASSERTION_DATA_HASH_MALFORMED("assertion.dataHash.malformed", FAILURE),
  ASSERTION_DATA_HASH_REDACTED("assertion.dataHash.redacted", FAILURE),
  ASSERTION_BMFF_HASH_MISMATCH("assertion.bmffHash.mismatch", FAILURE),
  ASSERTION_BMFF_HASH_MALFORMED("assertion.bmffHash.malformed", FAILURE),
  ASSERTION_BOXES_HASH_MISMATCH("assertion.boxesHash.mismatch", FAILURE),
  ASSERTION_BOXES_HASH_MALFORMED("assertion.boxesHash.malformed", FAILURE),
  ASSERTION_BOXES_HASH_UNKNOWN_BOX("assertion.boxesHash.unknownBox", FAILURE),
  ASSERTION_INGREDIENT_MALFORMED("assertion.ingredient.malformed", FAILURE),
  INGREDIENT_MANIFEST_MISSING("ingredient.manifest.missing", FAILURE),
  INGREDIENT_MANIFEST_MISMATCH("ingredient.manifest.mismatch", FAILURE),
  INGREDIENT_CLAIM_SIGNATURE_MISSING("ingredient.claimSignature.missing", FAILURE),
  INGREDIENT_CLAIM_SIGNATURE_MISMATCH("ingredient.claimSignature.mismatch", FAILURE),
  MANIFEST_MULTIPLE_PARENTS("manifest.multipleParents", FAILURE),
  MANIFEST_UPDATE_INVALID("manifest.update.invalid", FAILURE),
  MANIFEST_UPDATE_WRONG_PARENTS("manifest.update.wrongParents", FAILURE),
  ALGORITHM_UNSUPPORTED("algorithm.unsupported", FAILURE),
  GENERAL_ERROR("general.error", FAILURE);

  /** What a code means for the manifest. */
  public enum Kind {
    SUCCESS,
    INFORMATIONAL,
    FAILURE
  }

  private final String text;
  private final Kind kind;

  Code(String text, Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  /** The specification's name. */
  @JsonValue
  public String text() {
    return text;
  }

  public Kind kind() {
    return kind;
  }
}
