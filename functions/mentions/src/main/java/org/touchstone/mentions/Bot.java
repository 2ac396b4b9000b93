package org.touchstone.mentions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.touchstone.mentions.analysis.AnalysisService;
import org.touchstone.mentions.gate.Account;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.poll.Poller;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.settings.PlatformSettings;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.mentions.work.Tally;
import org.touchstone.mentions.work.Worker;
import org.touchstone.storage.BotDay;
import org.touchstone.storage.BotHealth;
import org.touchstone.storage.BotQueue;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.MentionStore.Found;
import org.touchstone.storage.StoredMention;
import org.touchstone.telemetry.Metric;
import org.touchstone.telemetry.Metrics;

/** The mention bot with its accounts: polls, sweeps, and hears of analyses that have ended. */
public final class Bot {
  private static final Logger LOG = Logger.getLogger(Bot.class);

  /** Mentions that are looked at for a correction in one run. */
  private static final int MAX_WATCHED = 50;

  private final MentionStore mentions;
  private final BotStore store;
  private final Metrics metrics;
  private final InstantSource clock;
  private final Map<String, Desk> desks = new LinkedHashMap<>();
  private final Random random = new Random();

  /** All that works on one platform. */
  private record Desk(Account account, Poller poller, Worker worker) {}

  /** Creates the bot with its accounts. */
  public Bot(
      BotSettings settings,
      Templates templates,
      Collection<Platform> platforms,
      AnalysisService service,
      MentionStore mentions,
      BotStore store,
      Metrics metrics,
      InstantSource clock) {
    this.mentions = mentions;
    this.store = store;
    this.metrics = metrics;
    this.clock = clock;
    for (Platform platform : platforms) {
      PlatformSettings own =
          settings.platforms().getOrDefault(platform.name(), PlatformSettings.DEFAULT);
      Account account = new Account(platform, store, own.capMicros(), clock);
      desks.put(
          platform.name(),
          new Desk(
              account,
              new Poller(account, mentions, store, clock),
              new Worker(account, settings, templates, mentions, store, service, clock)));
    }
  }

  /** Names of the platforms with an account. */
  public List<String> platforms() {
    return List.copyOf(desks.keySet());
  }

  /**
   * Records a platform's new mentions and works on all that are open.
   *
   * @param budget how long it may take; a mention that was begun is ended
   * @return how the bot does on the platform now
   * @throws IllegalArgumentException when the bot has no account on it
   */
  public BotHealth poll(String platform, Duration budget) {
    Desk desk = desks.get(platform);
    if (desk == null) {
      throw new IllegalArgumentException("the bot has no account on this platform");
    }
    Instant until = clock.instant().plus(budget);
    Tally tally = new Tally();
    try {
      desk.poller().poll(until, tally);
    } catch (RuntimeException e) {
      // What is recorded is answered all the same.
      LOG.errorf(e, "the poll of %s failed", platform);
    }
    List<String> open = new ArrayList<>(mentions.open(platform));
    // A run that ends early does not always leave the same ones out.
    Collections.rotate(open, open.isEmpty() ? 0 : random.nextInt(open.size()));
    each(open, until, id -> desk.worker().work(id, tally));
    List<String> watched = new ArrayList<>(mentions.watched(platform));
    Collections.shuffle(watched, random);
    each(
        watched.subList(0, Math.min(MAX_WATCHED, watched.size())),
        until,
        id -> desk.worker().correct(id, tally));
    Instant now = clock.instant();
    queue(desk.account(), now);
    count(platform, tally, now);
    return BotHealth.of(platform, store, mentions, now);
  }

  private void each(List<String> ids, Instant until, Consumer<String> work) {
    for (String id : ids) {
      if (!clock.instant().isBefore(until)) {
        return;
      }
      guarded(id, work);
    }
  }

  /** One mention that cannot be worked on must not hold up the others; the next poll has it. */
  private static void guarded(String id, Consumer<String> work) {
    try {
      work.accept(id);
    } catch (RuntimeException e) {
      LOG.warnf(e, "mention %s failed", id);
    }
  }

  private void queue(Account account, Instant now) {
    String platform = account.platform();
    List<String> open = mentions.open(platform);
    long oldest =
        open.stream()
            .map(id -> mentions.find(platform, id))
            .flatMap(Optional::stream)
            .map(Found::mention)
            .filter(mention -> mention.state().isOpen())
            .mapToLong(mention -> Duration.between(mention.recordedAt(), now).toSeconds())
            .max()
            .orElse(0);
    store.saveQueue(
        platform, new BotQueue(now, open.size(), oldest, account.remaining(), account.capMicros()));
    metrics.put(Metric.MENTION_QUEUE_AGE, oldest);
  }

  private void count(String platform, Tally tally, Instant now) {
    tally.save(store, platform, LocalDate.ofInstant(now, ZoneOffset.UTC));
    BotDay did = tally.sum();
    long failed = did.failed().values().stream().mapToLong(Long::longValue).sum();
    if (failed > 0) {
      metrics.put(Metric.FAILED_MENTIONS, failed);
    }
    LOG.infof(
        "%s: seen %d, replied %d, ignored %s, failed %s",
        platform, did.seen(), did.replied(), did.ignored(), did.failed());
  }

  /** Works on the mentions that wait for an analysis, which has ended. */
  public void ended(String analysisId) {
    for (MentionStore.Awaiting awaiting : mentions.awaiting(analysisId)) {
      Desk desk = desks.get(awaiting.platform());
      if (desk == null) {
        continue;
      }
      Tally tally = new Tally();
      boolean answered =
          mentions
              .find(awaiting.platform(), awaiting.id())
              .filter(found -> found.mention().state() == StoredMention.State.ANSWERED)
              .isPresent();
      guarded(
          awaiting.id(),
          id -> {
            if (answered) {
              desk.worker().correct(id, tally);
            } else {
              desk.worker().work(id, tally);
            }
          });
      count(awaiting.platform(), tally, clock.instant());
    }
  }
}
