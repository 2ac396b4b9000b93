package org.touchstone.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import org.touchstone.domain.mention.Mention;
import org.touchstone.emulators.social.simulator.Simulator;
import org.touchstone.mentions.Bot;
import org.touchstone.mentions.analysis.TouchstoneAnalyses;
import org.touchstone.mentions.credentials.SecretFile;
import org.touchstone.mentions.platform.Credentials;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.settings.PlatformSettings;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.Leases;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.StoredMention;
import org.touchstone.telemetry.Metrics;

/** The mention bot of this machine. It asks the API of this process with a key of its own. */
public final class LocalBot {
  /** The platform whose API the simulated network speaks. */
  static final String SIMULATED = "mastodon";

  private static final Logger LOG = Logger.getLogger(LocalBot.class);
  private static final Duration SIMULATED_PERIOD = Duration.ofSeconds(1);

  /** Mentions in a day on the simulated network: whoever tries it is not to be stopped. */
  private static final int ANY = 1_000_000;

  /** How long a poll lasts; the next one goes on with what is left. */
  private static final Duration BUDGET = Duration.ofMinutes(4);

  private final Path folder;
  private final ObjectStore objects;
  private final Metrics metrics;
  private final URI api;
  private final InstantSource clock;

  /**
   * The bot of a stack.
   *
   * @param folder the stack's data folder
   * @param objects the stack's bucket
   */
  LocalBot(Path folder, ObjectStore objects, Metrics metrics, URI api, InstantSource clock) {
    this.folder = folder;
    this.objects = objects;
    this.metrics = metrics;
    this.api = api;
    this.clock = clock;
  }

  /**
   * A bot, with all it has stored.
   *
   * @param bot its accounts polled, and told of the ends of analyses
   * @param mentions the mentions it knows
   */
  public record Opened(Bot bot, MentionStore mentions) {
    /** A mention as it stands. */
    public Optional<StoredMention> find(Mention mention) {
      return mentions
          .find(mention.platform(), MentionStore.idOf(mention))
          .map(MentionStore.Found::mention);
    }
  }

  /**
   * A bot with these accounts. Makes its account and key at the API if they are not there.
   *
   * @param records where it keeps its mentions
   */
  private Opened open(
      BotSettings settings, Templates templates, List<Platform> platforms, ObjectStore records) {
    BotAccount.open(objects, clock);
    String key = ProgramKey.BOT.in(folder, objects, clock.instant());
    MentionStore mentions = new MentionStore(records, new Leases(records, clock), clock);
    return new Opened(
        new Bot(
            settings,
            templates,
            platforms,
            new TouchstoneAnalyses(api, key),
            mentions,
            new BotStore(records),
            metrics,
            clock),
        mentions);
  }

  /** A bot for a trial, which begins without any mentions and whose mentions are not kept. */
  public Opened openTrial(BotSettings settings, Templates templates, List<Platform> platforms) {
    return open(settings, templates, platforms, LocalStack.running().emptyRecords());
  }

  /** Deletes what a trial has recorded. */
  public void forgetTrial() {
    LocalStack.running().emptyRecords();
  }

  /** Begins to poll the configured platforms and to heed the ends of analyses. */
  void run(StackOptions.Bot given, BotFile file, LocalEvents events) {
    List<Platform> platforms =
        file.settings().platforms().entrySet().stream()
            .map(
                platform ->
                    open(
                        platform.getKey(),
                        platform.getValue(),
                        new SecretFile(given.secrets(), platform.getKey())))
            .toList();
    Bot bot = open(file.settings(), given.texts(), platforms, objects).bot();
    begin(bot, file.periods(), events);
  }

  /**
   * Begins to poll the simulated network, and nothing else. What the bot knows of it is kept apart:
   * another run of the network counts its posts anew.
   *
   * @param records an empty bucket
   */
  void run(
      StackOptions.Bot given,
      BotFile file,
      Simulator network,
      ObjectStore records,
      LocalEvents events) {
    BotSettings own = file.settings();
    PlatformSettings platform =
        new PlatformSettings(
            network.uri(), true, null, true, null, null, null, null, ANY, ANY, ANY, null);
    BotSettings settings =
        new BotSettings(
            own.language(),
            own.deadline(),
            own.maxAge(),
            own.reuse(),
            own.approve(),
            Map.of(SIMULATED, platform));
    Credentials credentials = new SimulatorCredentials(network);
    Bot bot =
        open(settings, given.texts(), List.of(open(SIMULATED, platform, credentials)), records)
            .bot();
    begin(bot, Map.of(SIMULATED, SIMULATED_PERIOD), events);
  }

  private Platform open(String name, PlatformSettings settings, Credentials credentials) {
    return Platforms.find(name)
        .orElseThrow()
        .open(
            new PlatformAccess(
                Optional.ofNullable(settings.address()),
                settings.allowPrivate(),
                credentials,
                clock));
  }

  private static void begin(Bot bot, Map<String, Duration> periods, LocalEvents events) {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("mention-replies").factory());
    events.listen(id -> thread.execute(() -> ended(bot, id)));
    periods.forEach(
        (platform, period) ->
            FunctionSchedule.every(
                "mentions-" + platform, period, () -> bot.poll(platform, BUDGET)));
  }

  private static void ended(Bot bot, String analysisId) {
    Thread.currentThread().setContextClassLoader(LocalBot.class.getClassLoader());
    try {
      bot.ended(analysisId);
    } catch (RuntimeException e) {
      LOG.warn("a reply failed; the next poll tries again", e);
    }
  }

  /** The secret of the bot's account on the simulated network, which is as old as the network. */
  private record SimulatorCredentials(Simulator network) implements Credentials {
    @Override
    public Map<String, String> read() {
      return Map.of(
          "accessToken", network.token(),
          "accountId", network.accountId(),
          "username", StackOptions.Bot.SIMULATED_NAME,
          "server", network.uri().toString());
    }

    @Override
    public boolean replace(Map<String, String> expected, Map<String, String> changed) {
      return false;
    }
  }
}
