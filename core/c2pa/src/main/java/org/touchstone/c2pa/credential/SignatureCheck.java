package org.touchstone.c2pa.credential;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.touchstone.c2pa.jumbf.JumbfException;
import org.touchstone.c2pa.status.Code;
import org.touchstone.c2pa.status.StatusLog;

/**
 * Checks the signatures of claims. Certificates are checked once for each chain. Not thread-safe.
 */
public final class SignatureCheck {
  /** C2PA's extension with the level of assurance. */
  private static final String ASSURANCE_LEVEL = "1.3.6.1.4.1.62558.3";

  /** C2PA's extension with the record in the list of conforming products. */
  private static final String PRODUCT_RECORD = "1.3.6.1.4.1.62558.4";

  /** The values of the first extension end in ten times the level. */
  private static final int STEP = 10;

  private static final int MAX_LEVEL_BITS = 8;
  private static final int MAX_RECORD = 64;

  private final Trust trust;
  private final Instant now;
  private final Map<List<Object>, Optional<TrustList>> vouchers = new HashMap<>();

  /**
   * @param now the time at which signatures without a time stamp are judged
   */
  public SignatureCheck(Trust trust, Instant now) {
    this.trust = trust;
    this.now = now;
  }

  /**
   * What else a manifest has about the time and the certificate of a signature.
   *
   * @param stamps time stamp tokens over the signature itself, from assertions of later manifests
   * @param statuses OCSP responses about its certificate, from assertions
   */
  public record Additions(List<byte[]> stamps, List<byte[]> statuses) {
    public static final Additions NONE = new Additions(List.of(), List.of());

    public Additions {
      stamps = List.copyOf(stamps);
      statuses = List.copyOf(statuses);
    }
  }

  /**
   * Checks a signature.
   *
   * @param signature a COSE_Sign1
   * @param claim the claim as it lies in its box
   * @param claimVersion 1 or 2; a time stamp of a claim of version 2 counts only if its authority
   *     is trusted
   * @return who signed; empty when that cannot be read
   */
  public Optional<Signer> check(
      ByteBuffer signature,
      byte[] claim,
      int claimVersion,
      Additions additions,
      String url,
      StatusLog log) {
    CoseSign1 cose;
    List<X509Certificate> chain;
    try {
      cose = CoseSign1.read(signature);
    } catch (JumbfException e) {
      log.add(Code.CLAIM_SIGNATURE_MISMATCH, url, e.getMessage());
      return Optional.empty();
    }
    Optional<SigningAlgorithm> algorithm = cose.algorithm();
    if (algorithm.isEmpty()) {
      log.add(Code.ALGORITHM_UNSUPPORTED, url, "signature algorithm");
      return Optional.empty();
    }
    try {
      chain = cose.chain();
    } catch (CertificateException e) {
      log.add(Code.SIGNING_CREDENTIAL_INVALID, url, "its certificates cannot be read");
      return Optional.empty();
    }
    X509Certificate leaf = chain.getFirst();
    Optional<TimeStamp> stamp = stamp(cose, claim, claimVersion, additions, url, log);
    Instant at = stamp.map(TimeStamp::time).orElse(now);
    boolean isInside = CertificateProfile.isValidAt(leaf, at);
    if (!isInside) {
      log.add(Code.SIGNING_CREDENTIAL_EXPIRED, url);
    }
    // Whoever keeps an expired or revoked key could stamp any time by an authority of his own.
    Instant trustedAt = stamp.filter(TimeStamp::isTrusted).map(TimeStamp::time).orElse(now);
    Optional<TrustList> voucher =
        vouchers.computeIfAbsent(
            List.of(chain, trustedAt, stamp.map(TimeStamp::isTrusted).orElse(false)),
            key -> voucher(chain, trustedAt, stamp));
    profile(leaf, voucher, url, log);
    log.add(
        voucher.filter(TrustList::grantsTrust).isPresent()
            ? Code.SIGNING_CREDENTIAL_TRUSTED
            : Code.SIGNING_CREDENTIAL_UNTRUSTED,
        url);
    revocation(cose, chain, additions, trustedAt, url, log);
    boolean isVerified =
        cose.isOver(claim)
            && algorithm
                .get()
                .verifies(leaf.getPublicKey(), cose.signedBytes(claim), cose.signature());
    if (!isVerified) {
      log.add(Code.CLAIM_SIGNATURE_MISMATCH, url);
    } else {
      log.add(Code.CLAIM_SIGNATURE_VALIDATED, url);
      if (isInside) {
        log.add(Code.CLAIM_SIGNATURE_INSIDE_VALIDITY, url);
      }
    }
    return Optional.of(
        signer(leaf, algorithm.get(), stamp, isVerified ? voucher : Optional.empty()));
  }

  private Optional<TimeStamp> stamp(
      CoseSign1 cose,
      byte[] claim,
      int claimVersion,
      Additions additions,
      String url,
      StatusLog log) {
    Optional<TimeStamp> found = Optional.empty();
    try {
      Optional<CoseSign1.Stamp> own = cose.stamp(claim);
      if (own.isPresent()) {
        found = TimeStamp.verify(own.get().token(), own.get().stamped(), trust, url, log);
      }
    } catch (JumbfException e) {
      log.add(Code.TIME_STAMP_MALFORMED, url, e.getMessage());
    }
    for (byte[] token : additions.stamps()) {
      if (found.isEmpty()) {
        found = TimeStamp.verify(token, cose.signature(), trust, url, log);
      }
    }
    if (found.isEmpty()) {
      return found;
    }
    log.add(Code.TIME_STAMP_VALIDATED, url);
    if (found.get().isTrusted()) {
      log.add(Code.TIME_STAMP_TRUSTED, url);
    } else if (claimVersion > 1) {
      log.add(Code.TIME_STAMP_UNTRUSTED, url);
      return Optional.empty();
    }
    return found;
  }

  private Optional<TrustList> voucher(
      List<X509Certificate> chain, Instant at, Optional<TimeStamp> stamp) {
    return trust.signers().stream()
        .filter(
            list ->
                list.signedBefore() == null
                    || stamp.filter(TimeStamp::isTrusted).isPresent()
                        && at.isBefore(list.signedBefore()))
        .filter(list -> CertificateProfile.faults(chain.getFirst(), purposes(list)).isEmpty())
        .filter(
            list ->
                TrustPath.find(chain, list.anchors(), at)
                    .filter(path -> path.stream().noneMatch(trust::isDistrusted))
                    .isPresent())
        .findFirst();
  }

  private static Set<String> purposes(TrustList list) {
    return list.purposes().isEmpty() ? CertificateProfile.SIGNING_PURPOSES : list.purposes();
  }

  private static void profile(
      X509Certificate leaf, Optional<TrustList> voucher, String url, StatusLog log) {
    Set<String> purposes =
        voucher.map(SignatureCheck::purposes).orElse(CertificateProfile.SIGNING_PURPOSES);
    List<String> faults = CertificateProfile.faults(leaf, purposes);
    if (!faults.isEmpty()) {
      log.add(Code.SIGNING_CREDENTIAL_INVALID, url, String.join("; ", faults));
    }
  }

  private static void revocation(
      CoseSign1 cose,
      List<X509Certificate> chain,
      Additions additions,
      Instant at,
      String url,
      StatusLog log) {
    List<byte[]> responses = new ArrayList<>(additions.statuses());
    try {
      responses.addAll(cose.certificateStatuses());
    } catch (IOException e) {
      log.add(Code.SIGNING_CREDENTIAL_OCSP_SKIPPED, url, "the status cannot be read");
      return;
    }
    switch (Revocation.of(chain, responses, at)) {
      case NOT_REVOKED -> log.add(Code.SIGNING_CREDENTIAL_OCSP_NOT_REVOKED, url);
      case REVOKED -> log.add(Code.SIGNING_CREDENTIAL_REVOKED, url);
      case NOT_KNOWN -> log.add(Code.SIGNING_CREDENTIAL_OCSP_SKIPPED, url);
    }
  }

  private static Signer signer(
      X509Certificate leaf,
      SigningAlgorithm algorithm,
      Optional<TimeStamp> stamp,
      Optional<TrustList> voucher) {
    String issuer = Names.part(leaf.getIssuerX500Principal(), "O");
    return new Signer(
        Names.of(leaf),
        issuer != null ? issuer : Names.part(leaf.getIssuerX500Principal(), "CN"),
        leaf.getSerialNumber(),
        Trust.fingerprint(leaf),
        leaf.getNotBefore().toInstant(),
        leaf.getNotAfter().toInstant(),
        algorithm,
        stamp.map(TimeStamp::time).orElse(null),
        stamp.map(TimeStamp::authority).orElse(null),
        stamp.map(TimeStamp::isTrusted).orElse(false),
        voucher.map(TrustList::name).orElse(null),
        assuranceLevel(leaf),
        productRecord(leaf));
  }

  /** An object identifier, {@code ….3.10} for level 1; older certificates have a number. */
  private static Integer assuranceLevel(X509Certificate leaf) {
    ASN1Primitive value = extension(leaf, ASSURANCE_LEVEL);
    if (value instanceof ASN1ObjectIdentifier level
        && level.getId().startsWith(ASSURANCE_LEVEL + ".")) {
      String last = level.getId().substring(ASSURANCE_LEVEL.length() + 1);
      return last.matches("[1-9]0") ? Integer.valueOf(Integer.parseInt(last) / STEP) : null;
    }
    return value instanceof ASN1Integer level && level.getValue().bitLength() < MAX_LEVEL_BITS
        ? Integer.valueOf(level.getValue().intValue())
        : null;
  }

  private static String productRecord(X509Certificate leaf) {
    return extension(leaf, PRODUCT_RECORD) instanceof ASN1UTF8String record
            && record.getString().length() <= MAX_RECORD
        ? record.getString()
        : null;
  }

  /** The content of an extension; null when there is none, or when it cannot be read. */
  private static ASN1Primitive extension(X509Certificate leaf, String id) {
    byte[] extension = leaf.getExtensionValue(id);
    if (extension == null) {
      return null;
    }
    try {
      return ASN1Primitive.fromByteArray(ASN1OctetString.getInstance(extension).getOctets());
    } catch (IOException | RuntimeException e) {
      // An extension that cannot be read says nothing.
      return null;
    }
  }
}
