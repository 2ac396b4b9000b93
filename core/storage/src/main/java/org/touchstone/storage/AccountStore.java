package org.touchstone.storage;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.touchstone.domain.Json;
import org.touchstone.domain.account.Account;
import org.touchstone.domain.account.Payer;

/** The accounts. */
public final class AccountStore {
  private static final String JSON = "application/json";
  private static final int MAX_NAME = 100;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private final ObjectStore objects;

  public AccountStore(ObjectStore objects) {
    this.objects = objects;
  }

  /**
   * Makes an account under an id of its own.
   *
   * @param random a cryptographically strong source
   * @throws IllegalArgumentException when the name is blank, too long or has control characters
   */
  public Account create(String name, Instant now, RandomGenerator random) {
    return open(Ids.randomId(random), name, now);
  }

  /**
   * The account of an id, made if it does not exist.
   *
   * @param name its name if it is made now
   * @throws IllegalArgumentException when the id or the name is not valid
   */
  public Account open(String id, String name, Instant now) {
    return open(Account.of(id, checked(name), now));
  }

  /**
   * The account of an id that somebody pays for elsewhere, made if it does not exist.
   *
   * @param name its name if it is made now
   * @throws IllegalArgumentException when the id or the name is not valid
   */
  public Account open(String id, String name, Payer payer, Instant now) {
    return open(Account.of(id, checked(name), now).paidBy(payer));
  }

  private Account open(Account account) {
    String key = Keys.account(account.id());
    return objects.createIfAbsent(key, Json.bytes(account), JSON)
        ? account
        : find(account.id()).orElseThrow(() -> new NoSuchObjectException(key));
  }

  public Optional<Account> find(String id) {
    return Keys.isAccountId(id)
        ? objects.read(Keys.account(id)).map(object -> Json.read(object.body(), Account.class))
        : Optional.empty();
  }

  /** All accounts, oldest first. */
  public List<Account> all() {
    return objects.readAll(objects.list(Keys.ACCOUNTS)).values().stream()
        .map(object -> Json.read(object.body(), Account.class))
        .sorted(Comparator.comparing(Account::createdAt).thenComparing(Account::id))
        .toList();
  }

  /** Refuses an account's keys from now on; empty when there is no such account. */
  public Optional<Account> suspend(String id, Instant now) {
    return update(id, account -> account.suspendedAt() == null ? account.suspended(now) : account);
  }

  /** Accepts an account's keys again; empty when there is no such account. */
  public Optional<Account> resume(String id) {
    return update(id, account -> account.suspended(null));
  }

  /** Has somebody else pay for an account from now on, whose subscription goes on. */
  public Optional<Account> paidBy(String id, Payer payer) {
    return update(id, account -> account.paidBy(payer.heard(payer.since())).ended(null));
  }

  /**
   * Heeds a notice that an account's subscription has ended, or goes on. A notice that is older
   * than the newest one so far changes nothing, in whatever order they arrive.
   *
   * @param ended whether it has ended
   * @param noticeAt when the notice was made
   * @return the account; empty when there is none of that id, or nobody pays for it elsewhere
   */
  public Optional<Account> subscription(String id, boolean ended, Instant noticeAt) {
    return update(
            id,
            account -> {
              Payer payer = account.payer();
              if (payer == null || payer.heardAt() != null && !noticeAt.isAfter(payer.heardAt())) {
                return account;
              }
              boolean already = ended && account.endedAt() != null;
              return account
                  .paidBy(payer.heard(noticeAt))
                  .ended(already ? account.endedAt() : ended ? noticeAt : null);
            })
        .filter(account -> account.payer() != null);
  }

  private Optional<Account> update(String id, UnaryOperator<Account> change) {
    return Keys.isAccountId(id)
        ? objects.update(Keys.account(id), Account.class, change)
        : Optional.empty();
  }

  /**
   * The name of an account or a key.
   *
   * @throws IllegalArgumentException when it is blank, too long or has control characters
   */
  public static String checked(String name) {
    if (name == null
        || name.isBlank()
        || name.length() > MAX_NAME
        || CONTROL.matcher(name).find()) {
      throw new IllegalArgumentException(
          "a name has 1 to " + MAX_NAME + " characters, and no control characters");
    }
    return name;
  }
}
