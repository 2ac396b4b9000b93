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
import org.touchstone.domain.account.Member;
import org.touchstone.domain.account.Session;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.MemberStore;

/**
 * Finds out who a caller is. What the store said is believed for 30 seconds, so a revoked key stops
 * everywhere within that time. Thread-safe.
 */
final class Authenticator {
  private static final Duration BELIEVED = Duration.ofSeconds(30);
  private static final int MAX_REMEMBERED = 10_000;

  private final KeyStore keys;
  private final MemberStore members;
  private final AccountStore accounts;
  private final InstantSource clock;

  /** By the hash of the key's text or by its id, so that no text of a key stays in memory. */
  private final Map<String, Known> known = new LinkedHashMap<>();

  Authenticator(KeyStore keys, MemberStore members, AccountStore accounts, InstantSource clock) {
    this.keys = keys;
    this.members = members;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** What the store said of a key or a member; empty when it had none of that name. */
  private record Known(Optional<Holder> holder, boolean suspended, Instant until) {}

  /**
   * Who may act for an account.
   *
   * @param key the key; of a member, one that stands for them
   */
  private record Holder(ApiKey key) {
    private static Holder of(Member member) {
      return new Holder(
          new ApiKey(
              member.principal(),
              member.accountId(),
              member.email(),
              member.scopes(),
              member.createdAt(),
              null,
              null));
    }
  }

  /**
   * The holder of a key.
   *
   * @throws ProblemException when the key is not, or no longer, valid, or its account is suspended
   */
  Access of(KeyText text) {
    return access(look(text.sha256(), () -> keys.find(text).map(Holder::new)));
  }

  /**
   * The holder of the key by which a person signed in, or the member who did.
   *
   * @throws ProblemException as for the key itself, and when the member was removed since, also if
   *     they were added again
   */
  Access of(Session session) {
    Known found = look("id:" + session.keyId(), () -> holder(session.keyId()));
    boolean isOlder =
        found.holder().filter(h -> session.createdAt().isBefore(h.key().createdAt())).isPresent();
    if (isOlder) {
      throw new ProblemException(ProblemType.KEY_INVALID);
    }
    return access(found);
  }

  private Optional<Holder> holder(String keyId) {
    return Member.isPrincipal(keyId)
        ? members.find(Member.idOf(keyId)).map(Holder::of)
        : keys.find(keyId).map(Holder::new);
  }

  private Access access(Known found) {
    Instant now = clock.instant();
    ApiKey key =
        found
            .holder()
            .map(Holder::key)
            .orElseThrow(() -> new ProblemException(ProblemType.KEY_INVALID));
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

  private Known look(String name, Supplier<Optional<Holder>> stored) {
    Instant now = clock.instant();
    synchronized (known) {
      Known there = known.get(name);
      if (there != null && now.isBefore(there.until())) {
        return there;
      }
    }
    Optional<Holder> holder = stored.get();
    boolean suspended =
        holder
            .flatMap(h -> accounts.find(h.key().accountId()))
            .map(Account::suspendedAt)
            .isPresent();
    Known fresh = new Known(holder, suspended, now.plus(BELIEVED));
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
