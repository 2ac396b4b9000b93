package org.touchstone.intake.share;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.share.Share;
import org.touchstone.intake.AnalysisService;
import org.touchstone.intake.access.AuditTrail;
import org.touchstone.intake.access.Caller;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.ShareStore;

/** Shares the caller's analyses and ends that, by the API and by pages alike. */
@Singleton
public class Sharing {
  private final AnalysisService service;
  private final ShareStore shares;
  private final InstantSource clock;
  private final Caller caller;
  private final AuditTrail audit;
  private final AuditLog log;

  @Inject
  public Sharing(
      AnalysisService service,
      ShareStore shares,
      InstantSource clock,
      Caller caller,
      AuditTrail audit,
      AuditLog log) {
    this.service = service;
    this.shares = shares;
    this.clock = clock;
    this.caller = caller;
    this.audit = audit;
    this.log = log;
  }

  /**
   * Shares an analysis.
   *
   * @param idempotencyKey the same key gives the address that was made first; null for a new one
   * @param expiresAt when it ends; null for never
   * @throws ProblemException when the analysis is not the caller's, or has too many addresses
   */
  public Share create(String id, String idempotencyKey, Instant expiresAt, boolean showMedia) {
    service.check(caller.accountId(), id);
    Share share =
        shares.create(
            caller.accountId(),
            caller.keyId(),
            id,
            idempotencyKey,
            clock.instant(),
            expiresAt,
            showMedia);
    // At the instant of the first request: repeated, it is the same entry.
    log.append(
        new AuditEntry(
            share.createdAt(),
            share.accountId(),
            share.createdBy(),
            "share.created",
            share.id(),
            "analysis " + id));
    return share;
  }

  /**
   * Ends an address of an analysis.
   *
   * @throws ProblemException when the analysis is not the caller's, or the address not its own
   */
  public Share revoke(String id, String shareId) {
    service.check(caller.accountId(), id);
    Share share =
        shares
            .revoke(id, shareId, clock.instant())
            .orElseThrow(() -> new ProblemException(ProblemType.SHARE_NOT_FOUND));
    audit.add("share.revoked", shareId, "analysis " + id);
    return share;
  }
}
