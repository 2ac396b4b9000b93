package org.touchstone.mentions.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.Posted;
import org.touchstone.domain.mention.ReplyIntent;
import org.touchstone.domain.mention.ReplyKind;
import org.touchstone.mentions.gate.Account;
import org.touchstone.mentions.gate.NotNowException;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.settings.PlatformSettings;
import org.touchstone.mentions.templates.TextKey;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.MentionStore.Found;
import org.touchstone.storage.StoredMention;
import org.touchstone.storage.StoredMention.Reply;
import org.touchstone.storage.StoredMention.State;

/**
 * Posts a reply exactly once. That an attempt begins is stored before it; wherever one began and
 * its outcome is not stored, the platform is asked whether the reply exists before another begins.
 */
final class Replier {
  private final Account account;
  private final MentionStore mentions;
  private final BotStore bot;
  private final InstantSource clock;

  Replier(Account account, MentionStore mentions, BotStore bot, InstantSource clock) {
    this.account = account;
    this.mentions = mentions;
    this.bot = bot;
    this.clock = clock;
  }

  /**
   * What became of an attempt.
   *
   * @param read the version that {@code mention} replaces
   */
  record Outcome(Found read, StoredMention mention) {}

  /** Somebody else changed the mention meanwhile. */
  private static final class OutdatedException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Posts the reply that is due.
   *
   * @return empty when somebody else changed the mention meanwhile
   * @throws PlatformException when the reply is not known to exist, and may be attempted again
   */
  Optional<Outcome> reply(Found found, PlatformSettings settings)
      throws PlatformException, NotNowException {
    StoredMention stored = found.mention();
    Mention mention = stored.mention();
    Reply due = stored.due().orElseThrow();
    ReplyIntent intent = due.intent();
    if (due.attempts() > 0) {
      Optional<Posted> existing = account.find(mention, intent);
      if (existing.isPresent()) {
        return Optional.of(new Outcome(found, posted(stored, intent, existing.get(), settings)));
      }
    }
    boolean confirmsOptOut = TextKey.OPTED_OUT.key().equals(stored.reason());
    if (!confirmsOptOut && bot.isOptedOut(account.platform(), mention.author().id())) {
      return Optional.of(
          new Outcome(found, stored.withoutDue(State.IGNORED, "opted-out", clock.instant())));
    }
    Found[] begun = {found};
    try {
      Posted post =
          account.post(
              mention,
              intent,
              () ->
                  begun[0] =
                      mentions
                          .replace(found, stored.attempting())
                          .orElseThrow(OutdatedException::new));
      return Optional.of(new Outcome(begun[0], posted(begun[0].mention(), intent, post, settings)));
    } catch (OutdatedException e) {
      return Optional.empty();
    } catch (PlatformException e) {
      return Optional.of(new Outcome(begun[0], refused(begun[0].mention(), intent, settings, e)));
    }
  }

  private StoredMention refused(
      StoredMention stored, ReplyIntent intent, PlatformSettings settings, PlatformException e)
      throws PlatformException, NotNowException {
    Instant now = clock.instant();
    return switch (e.kind()) {
      case DELETED, PROTECTED, BLOCKED, REPLY_RESTRICTED ->
          stored.withoutDue(State.IGNORED, Worker.label(e.kind()), now);
      case REJECTED -> stored.withoutDue(State.DEAD, Worker.label(e.kind()), now);
      case DUPLICATE -> {
        // Two people may have got the same sentence: only the post itself is a proof.
        Optional<Posted> existing = account.find(stored.mention(), intent);
        if (existing.isEmpty()) {
          throw e;
        }
        yield posted(stored, intent, existing.get(), settings);
      }
      default -> throw e;
    };
  }

  private StoredMention posted(
      StoredMention stored, ReplyIntent intent, Posted post, PlatformSettings settings) {
    boolean watched =
        intent.kind() == ReplyKind.FINAL
            && stored.level() != null
            && settings.correct()
            && account.traits().mayCorrect()
            && account.traits().maxReplies() > stored.replies().size();
    if (watched) {
      mentions.watch(account.platform(), stored.id());
    }
    State next = intent.kind() == ReplyKind.DELAY ? State.WAITING : State.ANSWERED;
    return stored.posted(post, clock.instant(), next);
  }
}
