package org.touchstone.intake.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.touchstone.domain.ProblemException;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.ApiKey;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Session;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;

/**
 * Finds out who a caller is. What the store said is believed for 30 seconds, so a revoked key stops
 * everywhere within that time. Thread-safe.
 */
final class Authenticator {
  private static final Duration BELIEVED = Duration.ofSeconds(30);
  private static final int MAX_REMEMBERED = 10_000;

  private final KeyStore keys;
  private final AccountStore accounts;
  private final InstantSource clock;

  /** By the hash of the key's text or by its id, so that no text of a key stays in memory. */
  private final Map<String, Known> known = new LinkedHashMap<>();

  Authenticator(KeyStore keys, AccountStore accounts, InstantSource clock) {
    this.keys = keys;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** What the store said of a key; without a key it had none of that text. */
  private record Known(Optional<ApiKey> key, boolean suspended, Instant until) {}

  /**
   * The holder of a key.
   *
   * @throws ProblemException when the key is not, or no longer, valid, or its account is suspended
   */
  Access of(KeyText text) {
    return access(look(text.sha256(), () -> keys.find(text)));
  }

  /**
   * The holder of the key by which a person signed in.
   *
   * @throws ProblemException as for the key itself
   */
  Access of(Session session) {
    return access(look("id:" + session.keyId(), () -> keys.find(session.keyId())));
  }

  private Access access(Known found) {
    Instant now = clock.instant();
    ApiKey key = found.key().orElseThrow(() -> new ProblemException(ProblemType.KEY_INVALID));
    if (key.revokedAt() != null) {
      throw new ProblemException(ProblemType.KEY_REVOKED);
    }
    if (key.hasExpiredAt(now)) {
      throw new ProblemException(ProblemType.KEY_EXPIRED);
    }
    if (found.suspended()) {
      throw new ProblemException(ProblemType.ACCOUNT_SUSPENDED);
    }
    return new Access(key.accountId(), key.id(), key.scopes());
  }

  private Known look(String name, Supplier<Optional<ApiKey>> stored) {
    Instant now = clock.instant();
    synchronized (known) {
      Known there = known.get(name);
      if (there != null && now.isBefore(there.until())) {
        return there;
      }
    }
    Optional<ApiKey> key = stored.get();
    boolean suspended =
        key.flatMap(k -> accounts.find(k.accountId())).map(Account::suspendedAt).isPresent();
    Known fresh = new Known(key, suspended, now.plus(BELIEVED));
    synchronized (known) {
      known.remove(name);
      known.put(name, fresh);
      if (known.size() > MAX_REMEMBERED) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return fresh;
  }
}
