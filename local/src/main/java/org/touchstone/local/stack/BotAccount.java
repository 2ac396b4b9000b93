package org.touchstone.local.stack;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import org.touchstone.billing.CapCounter;
import org.touchstone.billing.CapStore;
import org.touchstone.billing.Caps;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.PriceStore;
import org.touchstone.billing.Spending;
import org.touchstone.domain.account.KeyText;
import org.touchstone.domain.account.Scope;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.AuditEntry;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.KeyStore;
import org.touchstone.storage.ObjectStore;

/** The bot's own account: what it has analysed and shares belongs to it, and its cap bounds it. */
public final class BotAccount {
  /** The account's id. */
  public static final String ID = "bot";

  private static final String KEY_NAME = "mention-bot";
  private static final long ANALYSES_PER_DAY = 1_000;

  private BotAccount() {}

  /** Makes the account with a cap of 1,000 analyses a day, if it is not there. */
  public static void open(ObjectStore objects, InstantSource clock) {
    AccountStore accounts = new AccountStore(objects);
    if (accounts.find(ID).isPresent()) {
      return;
    }
    String name = "Mention bot";
    Instant now = clock.instant();
    accounts.open(ID, name, now);
    Caps caps = new Caps(ANALYSES_PER_DAY, null, null, null);
    new Spending(
            objects,
            new PriceStore(objects, clock),
            new CapStore(objects, clock),
            new CapCounter(objects, clock),
            new Ledger(objects),
            // Setting a cap is no event.
            new EventQueue(
                () -> {
                  throw new IllegalStateException("there is no queue");
                },
                Optional.empty()),
            clock)
        .setCaps(ID, caps);
    log(objects, now, "account.created", ID, name);
    log(objects, now, "caps.set", ID, caps.text());
  }

  /** A new key of the account, which must have been opened. Earlier keys stay valid. */
  public static KeyText newKey(ObjectStore objects, InstantSource clock) {
    Instant now = clock.instant();
    KeyStore.NewKey made =
        new KeyStore(objects, new SecureRandom())
            .create(ID, KEY_NAME, EnumSet.of(Scope.ANALYSE), now, null);
    log(objects, now, "key.created", made.key().id(), made.key().summary());
    return made.text();
  }

  private static void log(
      ObjectStore objects, Instant at, String action, String subject, String detail) {
    new AuditLog(objects)
        .append(new AuditEntry(at, null, AuditEntry.OPERATOR, action, subject, detail));
  }
}
