package org.touchstone.c2pa.credential;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Certificates that vouch for signers.
 *
 * @param name what it is called in results, such as {@code official}
 * @param anchors the certificates: of authorities, or of signers themselves
 * @param purposes extended key usages of which a signer's certificate must have one; empty for
 *     those of the specification
 * @param signedBefore it vouches only for signatures with a trusted time stamp before this instant;
 *     null for all
 * @param grantsTrust whether its signers are trusted as the specification means it; otherwise it
 *     only tells who they are
 */
public record TrustList(
    String name,
    List<X509Certificate> anchors,
    Set<String> purposes,
    Instant signedBefore,
    boolean grantsTrust) {
  public TrustList {
    Objects.requireNonNull(name, "name");
    anchors = List.copyOf(anchors);
    purposes = Set.copyOf(purposes);
  }

  /** A list that grants trust to signers of any time. */
  public static TrustList of(String name, List<X509Certificate> anchors) {
    return new TrustList(name, anchors, Set.of(), null, true);
  }
}
