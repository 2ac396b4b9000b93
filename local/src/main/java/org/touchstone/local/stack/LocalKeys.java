package org.touchstone.local.stack;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.SessionStore;

/** The account of this machine and its first key. */
public final class LocalKeys {
  /** The account's id. What was stored before accounts existed lies under it. */
  public static final String ACCOUNT = "local";

  /** The name of the key by which this machine's owner is signed in. Nobody knows its text. */
  private static final String BROWSER = "browser";

  /** Keys that nobody was shown. */
  private static final Set<String> UNSEEN = Set.of(ProgramKey.MCP.name(), BROWSER);

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
    if (!keys.of(ACCOUNT).stream().allMatch(key -> UNSEEN.contains(key.name()))) {
      return Optional.empty();
    }
    KeyStore.NewKey made =
        keys.create(ACCOUNT, "default", EnumSet.allOf(Scope.class), clock.instant(), null);
    log("key.created", made.key().id(), made.key().summary());
    return Optional.of(made.text());
  }

  /**
   * A text that signs this machine's owner in once. The sessions end when the key of that name is
   * revoked; then the next call makes another.
   */
  String signIn(SessionStore sessions) {
    String keyId =
        keys.of(ACCOUNT).stream()
            .filter(key -> key.name().equals(BROWSER) && key.isValidAt(clock.instant()))
            .map(ApiKey::id)
            .findFirst()
            .orElseGet(this::browserKey);
    return sessions.createLink(ACCOUNT, keyId, clock.instant());
  }

  private String browserKey() {
    ApiKey made =
        keys.create(ACCOUNT, BROWSER, EnumSet.allOf(Scope.class), clock.instant(), null).key();
    log("key.created", made.id(), made.summary());
    return made.id();
  }

  private void log(String action, String subject, String detail) {
    audit.append(
        new AuditEntry(clock.instant(), null, AuditEntry.OPERATOR, action, subject, detail));
  }
}
