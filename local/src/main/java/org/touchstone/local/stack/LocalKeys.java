package org.touchstone.local.stack;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;

/** The account of this machine and its first key. */
public final class LocalKeys {
  /** The account's id. What was stored before accounts existed lies under it. */
  public static final String ACCOUNT = "local";

  private final AccountStore accounts;
  private final KeyStore keys;
  private final InstantSource clock;

  LocalKeys(AccountStore accounts, KeyStore keys, InstantSource clock) {
    this.accounts = accounts;
    this.keys = keys;
    this.clock = clock;
  }

  /** Makes the account if it is not there. */
  void openAccount() {
    accounts.open(ACCOUNT, "This machine", clock.instant());
  }

  /** A key for everything, made if the account never had one that somebody was shown. */
  Optional<KeyText> first() {
    return keys.of(ACCOUNT).stream().allMatch(key -> key.name().equals(ProgramKey.NAME))
        ? Optional.of(
            keys.create(ACCOUNT, "default", EnumSet.allOf(Scope.class), clock.instant(), null)
                .text())
        : Optional.empty();
  }
}
