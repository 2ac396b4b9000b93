package org.touchstone.local.stack;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.KeyStore;

/** The account of this machine and its first key. */
public final class LocalKeys {
  /** The account's id. What was stored before accounts existed lies under it. */
  public static final String ACCOUNT = "local";

  private final AccountStore accounts;
  private final KeyStore keys;
  private final AuditLog audit;
  private final InstantSource clock;

  LocalKeys(AccountStore accounts, KeyStore keys, AuditLog audit, InstantSource clock) {
    this.accounts = accounts;
    this.keys = keys;
    this.audit = audit;
    this.clock = clock;
  }

  /** Makes the account if it is not there. */
  void openAccount() {
    if (accounts.find(ACCOUNT).isEmpty()) {
      String name = "This machine";
      accounts.open(ACCOUNT, name, clock.instant());
      log("account.created", ACCOUNT, name);
    }
  }

  /** A key for everything, made if the account never had one that somebody was shown. */
  Optional<KeyText> first() {
    if (!keys.of(ACCOUNT).stream().allMatch(key -> key.name().equals(ProgramKey.NAME))) {
      return Optional.empty();
    }
    KeyStore.NewKey made =
        keys.create(ACCOUNT, "default", EnumSet.allOf(Scope.class), clock.instant(), null);
    log("key.created", made.key().id(), made.key().summary());
    return Optional.of(made.text());
  }

  private void log(String action, String subject, String detail) {
    audit.append(
        new AuditEntry(clock.instant(), null, AuditEntry.OPERATOR, action, subject, detail));
  }
}
