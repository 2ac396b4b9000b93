package org.touchstone.intake.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;

/** Adds to the audit log what the caller of the current request did. */
@Singleton
public class AuditTrail {
  private final AuditLog log;
  private final Caller caller;
  private final InstantSource clock;

  @Inject
  public AuditTrail(AuditLog log, Caller caller, InstantSource clock) {
    this.log = log;
    this.caller = caller;
    this.clock = clock;
  }

  /**
   * Call it once the action is done, before the answer.
   *
   * @param action a code such as {@code key.revoked}
   * @param subject id of what it was done to
   * @param detail more for people; null for none
   */
  public void add(String action, String subject, String detail) {
    log.append(
        new AuditEntry(
            clock.instant(), caller.accountId(), caller.keyId(), action, subject, detail));
  }
}
