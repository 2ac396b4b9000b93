package org.touchstone.c2pa.credential;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * What an enclosed response says of a certificate (OCSP, RFC 6960). Only responses that come with
 * the signature are read; nothing is asked of anybody.
 */
enum Revocation {
  NOT_REVOKED,
  REVOKED,
  /** Nothing that counts. */
  NOT_KNOWN;

  /**
   * Judges a signer's certificate by the first response that counts.
   *
   * @param at when it signed, as far as that is known
   */
  static Revocation of(List<X509Certificate> chain, List<byte[]> responses, Instant at) {
    Optional<X509Certificate> issuer = issuer(chain);
    if (issuer.isEmpty()) {
      return NOT_KNOWN;
    }
    for (byte[] response : responses) {
      Revocation found = of(chain.getFirst(), issuer.get(), response, at);
      if (found != NOT_KNOWN) {
        return found;
      }
    }
    return NOT_KNOWN;
  }

  private static Optional<X509Certificate> issuer(List<X509Certificate> chain) {
    X509Certificate leaf = chain.getFirst();
    return chain.stream()
        .skip(1)
        .filter(c -> c.getSubjectX500Principal().equals(leaf.getIssuerX500Principal()))
        .filter(candidate -> isIssuedBy(leaf, candidate))
        .findFirst();
  }

  private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Revocation of(
      X509Certificate leaf, X509Certificate issuer, byte[] der, Instant at) {
    try {
      if (!(new OCSPResp(der).getResponseObject() instanceof BasicOCSPResp response)
          || !isGenuine(response, issuer)) {
        return NOT_KNOWN;
      }
      DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
      X509CertificateHolder issuerHolder = new JcaX509CertificateHolder(issuer);
      for (SingleResp single : response.getResponses()) {
        boolean isOurs =
            single.getCertID().getSerialNumber().equals(leaf.getSerialNumber())
                && single.getCertID().matchesIssuer(issuerHolder, digests);
        if (isOurs && covers(single, at)) {
          return of(single, at);
        }
      }
    } catch (Exception e) {
      // The parser throws its own checked and unchecked exceptions on hostile bytes.
    }
    return NOT_KNOWN;
  }

  private static Revocation of(SingleResp single, Instant at) {
    if (single.getCertStatus() == org.bouncycastle.cert.ocsp.CertificateStatus.GOOD) {
      return NOT_REVOKED;
    }
    if (single.getCertStatus() instanceof RevokedStatus revoked) {
      return revoked.getRevocationTime().after(Date.from(at)) ? NOT_REVOKED : REVOKED;
    }
    return NOT_KNOWN;
  }

  /**
   * Whether a response is about the time of signing: one that was made then and had not run out, or
   * a later one of an archive.
   */
  private static boolean covers(SingleResp single, Instant at) throws Exception {
    Date time = Date.from(at);
    boolean isCurrent =
        !time.before(single.getThisUpdate())
            && (single.getNextUpdate() == null || !time.after(single.getNextUpdate()));
    if (isCurrent) {
      return true;
    }
    var cutoff = single.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff);
    return cutoff != null
        && !time.before(ASN1GeneralizedTime.getInstance(cutoff.getParsedValue()).getDate())
        && time.before(single.getThisUpdate());
  }

  /** Whether the issuer made it, or somebody whom the issuer made a responder. */
  private static boolean isGenuine(BasicOCSPResp response, X509Certificate issuer)
      throws Exception {
    JcaContentVerifierProviderBuilder verifiers = new JcaContentVerifierProviderBuilder();
    if (response.isSignatureValid(verifiers.build(issuer))) {
      return true;
    }
    for (X509CertificateHolder holder : response.getCerts()) {
      X509Certificate responder = new JcaX509CertificateConverter().getCertificate(holder);
      List<String> purposes = responder.getExtendedKeyUsage();
      if (purposes != null
          && purposes.contains(KeyPurposeId.id_kp_OCSPSigning.getId())
          && isIssuedBy(responder, issuer)
          && CertificateProfile.isValidAt(responder, response.getProducedAt().toInstant())
          && response.isSignatureValid(verifiers.build(responder))) {
        return true;
      }
    }
    return false;
  }
}
