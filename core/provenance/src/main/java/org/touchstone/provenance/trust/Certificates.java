package org.touchstone.provenance.trust;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads certificates of lists. */
final class Certificates {
  private static final int MAX = 10_000;

  private Certificates() {}

  /**
   * A certificate in DER, written in base 64.
   *
   * @throws IOException when it is not one
   */
  static X509Certificate ofBase64(String base64) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
    } catch (CertificateException | IllegalArgumentException e) {
      throw new IOException("a certificate of the list cannot be read", e);
    }
  }

  /**
   * All certificates of a PEM file.
   *
   * @throws IOException when one of them cannot be read
   */
  static List<X509Certificate> ofPem(byte[] pem) throws IOException {
    List<X509Certificate> all = new ArrayList<>();
    try {
      CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(pem))
          .forEach(certificate -> all.add((X509Certificate) certificate));
    } catch (CertificateException e) {
      throw new IOException("a certificate of the list cannot be read", e);
    }
    if (all.size() > MAX) {
      throw new IOException("the list has more certificates than a list can have");
    }
    return all;
  }
}
