package org.touchstone.c2pa;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** An authority of the tests, and the certificates that it issues. */
final class TestAuthority {
  static final Instant FROM = Instant.parse("2025-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2035-01-01T00:00:00Z");

  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final KeyPair keys;
  private final X509Certificate certificate;
  private final X500Name name;

  /** A certificate, and its private key. */
  record Issued(X509Certificate certificate, PrivateKey key) {}

  TestAuthority(String organisation) throws Exception {
    keys = ec("secp256r1");
    name = new X500Name("O=" + organisation + ",CN=" + organisation + " Root");
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(FROM),
            Date.from(UNTIL),
            name,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    certificate = signed(builder);
  }

  X509Certificate certificate() {
    return certificate;
  }

  Issued signer(KeyPair pair) throws Exception {
    return issue(pair, KeyPurposeId.id_kp_emailProtection, FROM, UNTIL);
  }

  Issued issue(KeyPair pair, KeyPurposeId purpose, Instant from, Instant until) throws Exception {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            BigInteger.valueOf(SERIAL.getAndIncrement()),
            Date.from(from),
            Date.from(until),
            new X500Name("O=Test Signer,CN=test"),
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(keys.getPublic()));
    return new Issued(signed(builder), pair.getPrivate());
  }

  private X509Certificate signed(JcaX509v3CertificateBuilder builder) throws Exception {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  /**
   * An OCSP response about a certificate.
   *
   * @param revokedAt null when it is not revoked
   */
  byte[] status(X509Certificate of, Instant revokedAt, Instant from, Instant until)
      throws Exception {
    return status(of, certificate, revokedAt, from, until);
  }

  /** An OCSP response that names an issuer, who need not be this authority. */
  byte[] status(
      X509Certificate of, X509Certificate issuer, Instant revokedAt, Instant from, Instant until)
      throws Exception {
    DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
    CertificateID id =
        new CertificateID(
            digests.get(CertificateID.HASH_SHA1),
            new JcaX509CertificateHolder(issuer),
            of.getSerialNumber());
    BasicOCSPRespBuilder builder =
        new BasicOCSPRespBuilder(
            new RespID(new JcaX509CertificateHolder(certificate).getSubject()));
    CertificateStatus status =
        revokedAt == null
            ? CertificateStatus.GOOD
            : new RevokedStatus(Date.from(revokedAt), CRLReason.keyCompromise);
    builder.addResponse(id, status, Date.from(from), Date.from(until), null);
    BasicOCSPResp response =
        builder.build(
            new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()),
            null,
            Date.from(from));
    return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, response).getEncoded();
  }

  static KeyPair ec(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  static KeyPair rsa() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  static KeyPair ed25519() throws Exception {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  List<X509Certificate> anchors() {
    return List.of(certificate);
  }
}
