package org.touchstone.c2pa.credential;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** What the specification asks of a signer's certificate (section 14.5.1). */
final class CertificateProfile {
  private static final int VERSION = 3;
  private static final int MIN_RSA_BITS = 2048;
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_CERT_SIGN = 5;
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
  private static final String EC_KEY = "1.2.840.10045.2.1";

  /**
   * Purposes of certificates that sign claims: e-mail protection, document signing, C2PA's own, and
   * the one that Microsoft's certificates have.
   */
  static final Set<String> SIGNING_PURPOSES =
      Set.of(
          "1.3.6.1.5.5.7.3.4",
          "1.3.6.1.5.5.7.3.36",
          "1.3.6.1.4.1.62558.2.1",
          "1.3.6.1.4.1.311.76.59.1.9");

  private static final Set<String> SIGNATURES =
      Set.of(
          // RSA with SHA-256, SHA-384 and SHA-512, and with PSS
          "1.2.840.113549.1.1.11",
          "1.2.840.113549.1.1.12",
          "1.2.840.113549.1.1.13",
          "1.2.840.113549.1.1.10",
          // ECDSA with SHA-256, SHA-384 and SHA-512
          "1.2.840.10045.4.3.2",
          "1.2.840.10045.4.3.3",
          "1.2.840.10045.4.3.4",
          // Ed25519
          "1.3.101.112");

  /** P-256, P-384 and P-521. */
  private static final Set<String> CURVES =
      Set.of("1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35");

  private CertificateProfile() {}

  /** Whether the time lies within the certificate's validity. */
  static boolean isValidAt(X509Certificate certificate, Instant time) {
    Date date = Date.from(time);
    return !date.before(certificate.getNotBefore()) && !date.after(certificate.getNotAfter());
  }

  /**
   * What is wrong with a signer's certificate, apart from its validity; empty when nothing is.
   *
   * @param purposes the purposes of which it must have one
   */
  static List<String> faults(X509Certificate certificate, Set<String> purposes) {
    List<String> faults = new ArrayList<>();
    if (certificate.getVersion() != VERSION) {
      faults.add("it is not of version 3");
    }
    if (!SIGNATURES.contains(certificate.getSigAlgOID())) {
      faults.add("it is signed with an algorithm that is not allowed");
    }
    if (certificate.getIssuerUniqueID() != null || certificate.getSubjectUniqueID() != null) {
      faults.add("it has unique identifiers");
    }
    if (certificate.getBasicConstraints() >= 0) {
      faults.add("it is that of an authority");
    }
    if (certificate.getExtensionValue(AUTHORITY_KEY) == null) {
      faults.add("it does not name its issuer's key");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage == null || !usage[DIGITAL_SIGNATURE] || usage[KEY_CERT_SIGN]) {
      faults.add("its key is not for digital signatures alone");
    }
    if (certificate.hasUnsupportedCriticalExtension()) {
      faults.add("it has a critical extension that is not known");
    }
    key(certificate, faults);
    purposes(certificate, purposes, faults);
    return faults;
  }

  private static void key(X509Certificate certificate, List<String> faults) {
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      faults.add("its key is too short");
    }
    SubjectPublicKeyInfo info =
        SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
    if (info.getAlgorithm().getAlgorithm().getId().equals(EC_KEY)
        && !(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
            && CURVES.contains(curve.getId()))) {
      faults.add("its key is on a curve that is not allowed");
    }
  }

  private static void purposes(
      X509Certificate certificate, Set<String> allowed, List<String> faults) {
    List<String> purposes;
    try {
      purposes = certificate.getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      faults.add("its purposes cannot be read");
      return;
    }
    if (purposes == null
        || purposes.contains(ANY_PURPOSE)
        || purposes.stream().noneMatch(allowed::contains)) {
      faults.add("it is not for signing claims");
    } else if (purposes.contains(TIME_STAMPING) || purposes.contains(OCSP_SIGNING)) {
      faults.add("it is for other purposes that exclude signing claims");
    }
  }
}
