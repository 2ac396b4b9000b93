package org.touchstone.c2pa.credential;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks for a way from a certificate to one that is trusted (RFC 5280, section 6). */
final class TrustPath {
  private static final int MAX_LENGTH = 8;

  private TrustPath() {}

  /**
   * The certificates from the first of a chain to a trusted one, which is the last; empty when
   * there is no way.
   *
   * @param chain a certificate, and others in any order
   * @param at the time at which all must be valid
   */
  static Optional<List<X509Certificate>> find(
      List<X509Certificate> chain, List<X509Certificate> anchors, Instant at) {
    X509Certificate leaf = chain.getFirst();
    if (anchors.contains(leaf)) {
      return CertificateProfile.isValidAt(leaf, at) ? Optional.of(List.of(leaf)) : Optional.empty();
    }
    if (anchors.isEmpty()) {
      return Optional.empty();
    }
    Set<TrustAnchor> trusted = new HashSet<>();
    anchors.forEach(anchor -> trusted.add(new TrustAnchor(anchor, null)));
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(leaf);
    try {
      PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, target);
      parameters.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
      parameters.setDate(Date.from(at));
      parameters.setMaxPathLength(MAX_LENGTH);
      // Revocation is judged by the responses that come with the signature: nothing is fetched.
      parameters.setRevocationEnabled(false);
      PKIXCertPathBuilderResult found =
          (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
      List<X509Certificate> path = new ArrayList<>();
      found.getCertPath().getCertificates().forEach(c -> path.add((X509Certificate) c));
      path.add(found.getTrustAnchor().getTrustedCert());
      return Optional.of(path);
    } catch (GeneralSecurityException | RuntimeException e) {
      // There is no way, or a certificate on it breaks a rule.
      return Optional.empty();
    }
  }
}
