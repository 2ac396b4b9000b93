package org.touchstone.provenance.trust;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.touchstone.c2pa.credential.Trust;
import org.touchstone.c2pa.credential.TrustList;

/** The lists that came with this version. */
public final class TrustLists {
  /** The name of C2PA's own list in results. */
  public static final String OFFICIAL = "official";

  private final OfficialList signers;
  private final OfficialList timeAuthorities;

  private TrustLists(OfficialList signers, OfficialList timeAuthorities) {
    this.signers = signers;
    this.timeAuthorities = timeAuthorities;
  }

  /** The bundled lists. */
  public static TrustLists bundled() {
    return new TrustLists(OfficialList.signers(), OfficialList.timeAuthorities());
  }

  /** Whom to believe by these lists. */
  public Trust trust() {
    return new Trust(
        List.of(TrustList.of(OFFICIAL, signers.certificates())),
        TrustList.of(OFFICIAL, timeAuthorities.certificates()),
        Set.of());
  }

  /** When the list of signers was issued. */
  public Instant issued() {
    return signers.issued();
  }

  /** Whether a newer list is to be expected by then. */
  public boolean isOutdatedAt(Instant now) {
    return now.isAfter(signers.nextUpdate());
  }
}
