package org.touchstone.mentions.poll;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.mention.Mention;
import org.touchstone.mentions.gate.Account;
import org.touchstone.mentions.gate.NotNowException;
import org.touchstone.mentions.platform.MentionPage;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.work.Tally;
import org.touchstone.storage.BotState;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.Leases;
import org.touchstone.storage.MentionStore;

/**
 * Reads the pages of mentions after the cursor. A page's token and the cursor are stored only after
 * all of its mentions are, and only if no other poll has moved them meanwhile.
 */
public final class Poller {
  private static final Logger LOG = Logger.getLogger(Poller.class);
  private static final Duration LEASE = Duration.ofMinutes(15);

  /** Most pages of one run: a platform whose pages never end must not hold the sweep up. */
  private static final int MAX_PAGES = 50;

  private static final int MAX_CURSOR = 1_000;

  private final Account account;
  private final MentionStore mentions;
  private final BotStore bot;
  private final InstantSource clock;

  /** Creates the poller of one platform. */
  public Poller(Account account, MentionStore mentions, BotStore bot, InstantSource clock) {
    this.account = account;
    this.mentions = mentions;
    this.bot = bot;
    this.clock = clock;
  }

  /**
   * Records new mentions; does nothing when another poll is under way.
   *
   * @param until after which no further page is read
   */
  public void poll(Instant until, Tally tally) {
    Optional<Leases.Lease> lease = mentions.leasePoll(account.platform(), LEASE);
    if (lease.isEmpty()) {
      return;
    }
    try {
      pages(until, tally);
    } catch (NotNowException e) {
      LOG.infof("the poll of %s waits: %s", account.platform(), e.getMessage());
    } catch (PlatformException e) {
      if (e.kind() == PlatformException.Kind.PAGE_EXPIRED) {
        bot.update(account.platform(), state -> state.at(state.cursor(), null, null));
      }
      LOG.warnf("the poll of %s failed: %s", account.platform(), e.getMessage());
    }
    mentions.release(lease.get());
  }

  private void pages(Instant until, Tally tally) throws PlatformException, NotNowException {
    BotState state = bot.state(account.platform());
    for (int pages = 0; pages < MAX_PAGES && clock.instant().isBefore(until); pages++) {
      BotState from = state;
      MentionPage page =
          account.poll(Optional.ofNullable(from.cursor()), Optional.ofNullable(from.pageToken()));
      for (Mention mention : page.mentions()) {
        if (mentions.record(mention)) {
          tally.seen();
        }
      }
      state = moved(from, page);
      if (page.nextPage().isEmpty() || !isAt(state, page)) {
        return;
      }
    }
  }

  private BotState moved(BotState from, MentionPage page) {
    page.cursor()
        .filter(cursor -> cursor.length() > MAX_CURSOR)
        .ifPresent(
            cursor -> {
              throw new IllegalStateException("a cursor that is too long");
            });
    String cursor = page.cursor().orElse(from.cursor());
    String next = page.nextPage().orElse(null);
    Instant completed = next == null ? clock.instant() : null;
    return bot.update(
        account.platform(),
        now ->
            Objects.equals(now.cursor(), from.cursor())
                    && Objects.equals(now.pageToken(), from.pageToken())
                ? now.at(cursor, next, completed)
                : now);
  }

  /** Whether this poll moved the state, and no other one. */
  private static boolean isAt(BotState state, MentionPage page) {
    return Objects.equals(state.pageToken(), page.nextPage().orElse(null));
  }
}
