package org.touchstone.mentions.work;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.touchstone.domain.mention.Mention;
import org.touchstone.domain.mention.ReplyKind;
import org.touchstone.domain.mention.SocialAccount;
import org.touchstone.mentions.analysis.AnalysisException;
import org.touchstone.mentions.analysis.AnalysisResult;
import org.touchstone.mentions.analysis.AnalysisService;
import org.touchstone.mentions.gate.Account;
import org.touchstone.mentions.gate.NotNowException;
import org.touchstone.mentions.platform.Conversation;
import org.touchstone.mentions.platform.PlatformException;
import org.touchstone.mentions.platform.SocialPost;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.settings.PlatformSettings;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.mentions.templates.TextKey;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.Leases;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.MentionStore.Found;
import org.touchstone.storage.StoredMention;
import org.touchstone.storage.StoredMention.State;

/**
 * Takes a mention on one platform as far as it goes now. Every step is stored before the next
 * begins, and may be done again; one lease per mention keeps events, sweeps and overlapping polls
 * apart.
 */
public final class Worker {
  private static final Logger LOG = Logger.getLogger(Worker.class);

  /** No function of Lambda runs longer, so that a lease outlives whoever holds it. */
  private static final Duration LEASE = Duration.ofMinutes(15);

  /** Pauses after failures; after the last of them a mention is given up. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(4));

  /** How long an answered mention is watched for a change of its level. */
  private static final Duration WATCHED = Duration.ofDays(7);

  private final Account account;
  private final BotSettings settings;
  private final MentionStore mentions;
  private final BotStore bot;
  private final AnalysisService service;
  private final InstantSource clock;
  private final Requests requests;
  private final Intents intents;
  private final Replier replier;

  /** Creates the worker of one platform. */
  public Worker(
      Account account,
      BotSettings settings,
      Templates templates,
      MentionStore mentions,
      BotStore bot,
      AnalysisService service,
      InstantSource clock) {
    this.account = account;
    this.settings = settings;
    this.mentions = mentions;
    this.bot = bot;
    this.service = service;
    this.clock = clock;
    this.requests = new Requests(settings, templates.stopWords(), mentions, bot, clock);
    this.intents = new Intents(settings, templates, service, clock);
    this.replier = new Replier(account, mentions, bot, clock);
  }

  /** Works on a mention that is open; does nothing when somebody else does. */
  public void work(String id, Tally tally) {
    String platform = account.platform();
    Optional<Leases.Lease> lease = mentions.lease(platform, id, LEASE);
    if (lease.isEmpty()) {
      return;
    }
    Optional<Found> now = mentions.find(platform, id);
    if (now.filter(found -> found.mention().state().isOpen()).isEmpty()) {
      mentions.forgetOpen(platform, id);
    }
    while (now.isPresent()) {
      now = step(now.get(), tally);
    }
    // Not after a failure that nobody expected: the rest of the lease is the pause after which the
    // platform is asked whether a reply exists, and by then it lists what it has.
    mentions.release(lease.get());
  }

  /** Has an answered mention corrected if its level has changed. */
  public void correct(String id, Tally tally) {
    String platform = account.platform();
    Optional<Leases.Lease> lease = mentions.lease(platform, id, LEASE);
    if (lease.isEmpty()) {
      return;
    }
    Optional<Found> answered =
        mentions.find(platform, id).filter(found -> mayBeCorrected(found.mention()));
    if (answered.isEmpty()) {
      mentions.unwatch(platform, id);
    }
    Optional<Found> now =
        answered.flatMap(found -> guarded(found, tally, () -> corrected(found.mention())));
    while (now.isPresent()) {
      now = step(now.get(), tally);
    }
    mentions.release(lease.get());
  }

  private boolean mayBeCorrected(StoredMention mention) {
    return mention.state() == State.ANSWERED
        && platform(mention).correct()
        && account.traits().mayCorrect()
        && mention.level() != null
        && mention.reply(ReplyKind.CORRECTION).isEmpty()
        && mention.replies().size() < account.traits().maxReplies()
        && mention.closedAt().plus(WATCHED).isAfter(clock.instant());
  }

  private Optional<StoredMention> corrected(StoredMention mention) throws AnalysisException {
    return service.result(mention.analysisId()) instanceof AnalysisResult.Complete complete
            && !complete.level().name().equals(mention.level())
        ? Optional.of(
            intents.tells(
                mention,
                ReplyKind.CORRECTION,
                complete.level(),
                platform(mention),
                account.traits()))
        : Optional.empty();
  }

  private interface Step {
    /** The mention after the step; empty when there is nothing to do now. */
    Optional<StoredMention> take() throws PlatformException, AnalysisException, NotNowException;
  }

  /** One step; empty when no more can be done now. */
  private Optional<Found> step(Found found, Tally tally) {
    StoredMention mention = found.mention();
    Instant now = clock.instant();
    if (!mention.state().isOpen() || (mention.nextAt() != null && mention.nextAt().isAfter(now))) {
      return Optional.empty();
    }
    if (mention.recordedAt().plus(settings.maxAge()).isBefore(now)) {
      return save(found, mention.closed(State.DEAD, "expired", now), tally);
    }
    return switch (mention.state()) {
      case NEW -> guarded(found, tally, () -> Optional.of(understood(mention)));
      case ASKING -> guarded(found, tally, () -> asked(mention));
      case WAITING -> guarded(found, tally, () -> awaited(mention));
      case REPLYING -> reply(found, tally);
      default -> Optional.empty();
    };
  }

  private Optional<Found> reply(Found found, Tally tally) {
    try {
      return replier
          .reply(found, platform(found.mention()))
          .flatMap(outcome -> save(outcome.read(), outcome.mention(), tally));
    } catch (NotNowException e) {
      LOG.infof("mention %s waits: %s", found.mention().id(), e.getMessage());
      return Optional.empty();
    } catch (PlatformException e) {
      // The attempt itself was stored, so that what was read before is outdated.
      return mentions
          .find(account.platform(), found.mention().id())
          .flatMap(now -> save(now, failed(now.mention(), label(e.kind()), e), tally));
    }
  }

  private Optional<Found> guarded(Found found, Tally tally, Step step) {
    StoredMention mention = found.mention();
    try {
      return step.take().flatMap(next -> save(found, next, tally));
    } catch (NotNowException e) {
      LOG.infof("mention %s waits: %s", mention.id(), e.getMessage());
      return Optional.empty();
    } catch (PlatformException e) {
      return save(found, refusedOrFailed(mention, e), tally);
    } catch (AnalysisException e) {
      return save(found, failed(mention, "analysis", e), tally);
    }
  }

  /** Stores a step and counts what it ended. */
  private Optional<Found> save(Found read, StoredMention next, Tally tally) {
    Optional<Found> saved = mentions.replace(read, next);
    boolean ended = saved.isPresent() && read.mention().state() != next.state();
    if (ended && next.state() == State.IGNORED) {
      tally.ignored(next.reason());
    } else if (ended && next.state() == State.DEAD) {
      LOG.errorf("mention %s on %s is given up: %s", next.id(), account.platform(), next.reason());
      tally.failed(next.reason());
    } else if (saved.isPresent() && posts(next) > posts(read.mention())) {
      tally.replied();
      if (next.state() == State.ANSWERED && next.reply(ReplyKind.CORRECTION).isEmpty()) {
        tally.answeredAfter(Duration.between(next.mention().createdAt(), next.closedAt()));
      }
    }
    return saved;
  }

  private static long posts(StoredMention mention) {
    return mention.replies().stream().filter(reply -> reply.posted() != null).count();
  }

  private StoredMention understood(StoredMention stored) throws PlatformException, NotNowException {
    Mention mention = stored.mention();
    PlatformSettings platform = platform(stored);
    SocialAccount self = account.self();
    if (requests.isOptOut(mention, self)) {
      bot.optOut(mention.platform(), mention.author().id(), clock.instant());
      boolean confirms =
          platform.confirmOptOut()
              && !mention.author().automated()
              && mentions.claim(mention.platform(), stored.id(), "opt-out", mention.author().id());
      return confirms
          ? intents.says(stored, ReplyKind.FINAL, TextKey.OPTED_OUT, account.traits())
          : ignored(stored, "opted-out");
    }
    Optional<String> refusal = requests.refusal(mention, self);
    if (refusal.isPresent()) {
      return ignored(stored, refusal.get());
    }
    Conversation conversation = account.conversation(mention);
    Optional<SocialPost> target = Requests.target(conversation, self);
    if (target.isEmpty()) {
      return withoutTarget(stored, conversation);
    }
    SocialPost post = target.get();
    boolean first =
        mentions.claim(
            mention.platform(),
            stored.id(),
            "asked",
            mention.threadId(),
            post.id(),
            mention.author().id());
    return first
        ? stored.found(new StoredMention.Target(post.id(), post.link(), post.open()))
        : ignored(stored, "already-asked");
  }

  private StoredMention withoutTarget(StoredMention stored, Conversation conversation) {
    Mention mention = stored.mention();
    boolean noted =
        platform(stored).noMedia()
            && mentions.claim(mention.platform(), stored.id(), "no-media", mention.threadId());
    if (!noted) {
      return ignored(stored, "no-media");
    }
    TextKey text =
        conversation
            .unreadable()
            .map(
                kind ->
                    kind == PlatformException.Kind.DELETED
                        ? TextKey.FAILED_DELETED
                        : TextKey.FAILED_PRIVATE)
            .orElse(TextKey.NO_MEDIA);
    return intents.says(stored, ReplyKind.FINAL, text, account.traits());
  }

  private Optional<StoredMention> asked(StoredMention stored) throws AnalysisException {
    String platform = account.platform();
    if (isOptedOut(stored)) {
      return Optional.of(ignored(stored, "opted-out"));
    }
    String post = stored.target().postId();
    MentionStore.TargetAnalysis target = mentions.target(platform, post, settings.reuse());
    String analysis = target.analysisId();
    if (analysis == null) {
      try {
        analysis = service.start(stored.target().link(), target.key());
      } catch (AnalysisException e) {
        return refusedByService(stored, e);
      }
      mentions.asked(platform, post, target, analysis);
    }
    mentions.await(analysis, platform, stored.id());
    return Optional.of(stored.awaiting(analysis));
  }

  private Optional<StoredMention> refusedByService(StoredMention stored, AnalysisException e)
      throws AnalysisException {
    if (e.problem().isPresent()) {
      return Optional.of(says(stored, TextKey.ofFailure(e.problem().get())));
    }
    if (isLate(stored)) {
      return late(stored);
    }
    throw e;
  }

  private Optional<StoredMention> awaited(StoredMention stored) throws AnalysisException {
    if (isOptedOut(stored)) {
      return Optional.of(ignored(stored, "opted-out"));
    }
    AnalysisResult result;
    try {
      result = service.result(stored.analysisId());
    } catch (AnalysisException e) {
      if (e.problem().isPresent()) {
        forgetTarget(stored);
      }
      return refusedByService(stored, e);
    }
    return switch (result) {
      case AnalysisResult.Running running -> isLate(stored) ? late(stored) : Optional.empty();
      case AnalysisResult.Failed failed -> {
        forgetTarget(stored);
        yield Optional.of(says(stored, TextKey.ofFailure(failed.problem())));
      }
      case AnalysisResult.Complete complete ->
          Optional.of(
              intents.tells(
                  stored, ReplyKind.FINAL, complete.level(), platform(stored), account.traits()));
    };
  }

  private void forgetTarget(StoredMention stored) {
    mentions.forgetTarget(account.platform(), stored.target().postId(), stored.analysisId());
  }

  private StoredMention says(StoredMention stored, TextKey text) {
    return intents.says(stored, ReplyKind.FINAL, text, account.traits());
  }

  private boolean isLate(StoredMention stored) {
    return !stored.recordedAt().plus(settings.deadline()).isAfter(clock.instant());
  }

  /** Where more than one reply is allowed and wanted, the final one follows. */
  private Optional<StoredMention> late(StoredMention stored) {
    boolean delays =
        platform(stored).delay()
            && account.traits().mayDelay()
            && account.traits().maxReplies() > 1;
    if (!delays) {
      return Optional.of(says(stored, TextKey.LATE));
    }
    return stored.reply(ReplyKind.DELAY).isPresent()
        ? Optional.empty()
        : Optional.of(intents.says(stored, ReplyKind.DELAY, TextKey.DELAY, account.traits()));
  }

  private boolean isOptedOut(StoredMention stored) {
    return bot.isOptedOut(account.platform(), stored.mention().author().id());
  }

  private PlatformSettings platform(StoredMention stored) {
    return requests.platform(stored.mention());
  }

  private StoredMention ignored(StoredMention mention, String reason) {
    return mention.closed(State.IGNORED, reason, clock.instant());
  }

  /** A mention that cannot be read needs no reply. */
  private StoredMention refusedOrFailed(StoredMention mention, PlatformException e) {
    return switch (e.kind()) {
      case DELETED, PROTECTED, BLOCKED, REPLY_RESTRICTED -> ignored(mention, label(e.kind()));
      default -> failed(mention, label(e.kind()), e);
    };
  }

  private StoredMention failed(StoredMention mention, String reason, Exception cause) {
    LOG.warnf("mention %s on %s: %s", mention.id(), account.platform(), cause.getMessage());
    Instant now = clock.instant();
    return mention.failures() < PAUSES.size()
        ? mention.failed(true, now.plus(PAUSES.get(mention.failures())))
        : mention.closed(State.DEAD, reason, now);
  }

  static String label(PlatformException.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
