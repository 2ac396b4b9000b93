package org.touchstone.domain.provenance;

import java.time.Instant;
import java.util.Objects;

/**
 * A signature of credentials. Names in certificates prove nothing unless somebody vouches for them.
 *
 * @param genuine whether the signature holds
 * @param signer the organisation in the certificate; absent when it names none
 * @param issuer who issued the certificate, by its name there
 * @param serial the certificate's serial number, in hexadecimal
 * @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal
 * @param validFrom begin of the certificate's validity
 * @param validUntil its end
 * @param algorithm such as {@code ES256}
 * @param signedAt when the signature existed, by a time stamp; absent without one that holds
 * @param timeAuthority who says so; absent when its certificate has no name
 * @param timeTrusted whether that authority is on the list of trusted ones
 * @param vouchedBy the list that vouches for the signer
 * @param entry the entry of that list, where it has names; absent otherwise
 * @param assuranceLevel the level of assurance that C2PA's conformance programme gave; absent
 *     without one
 * @param product the product's name in C2PA's list of conforming products; absent when its record
 *     is not there
 */
public record CredentialSignature(
    boolean genuine,
    String signer,
    String issuer,
    String serial,
    String fingerprint,
    Instant validFrom,
    Instant validUntil,
    String algorithm,
    Instant signedAt,
    String timeAuthority,
    boolean timeTrusted,
    Voucher vouchedBy,
    String entry,
    Integer assuranceLevel,
    String product) {
  public CredentialSignature {
    Objects.requireNonNull(vouchedBy, "vouchedBy");
  }
}
