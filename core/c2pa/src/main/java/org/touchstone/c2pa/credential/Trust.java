package org.touchstone.c2pa.credential;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.touchstone.c2pa.binding.HashAlgorithm;

/**
 * Whom to believe.
 *
 * @param signers the lists that vouch for signers, the strongest first
 * @param timeAuthorities the list that vouches for time stamps
 * @param distrusted SHA-256 of certificates, in lower-case hexadecimal, that no list can vouch for,
 *     nor for what they issued
 */
public record Trust(List<TrustList> signers, TrustList timeAuthorities, Set<String> distrusted) {
  /** Nobody is believed. */
  public static final Trust NONE = new Trust(List.of(), TrustList.of("none", List.of()), Set.of());

  public Trust {
    signers = List.copyOf(signers);
    distrusted = Set.copyOf(distrusted);
  }

  boolean isDistrusted(X509Certificate certificate) {
    return distrusted.contains(fingerprint(certificate));
  }

  /** SHA-256 of a certificate, in lower-case hexadecimal. */
  public static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(HashAlgorithm.SHA256.digest().digest(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("not a certificate", e);
    }
  }
}
