package org.touchstone.bench;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.touchstone.domain.Verdict;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.emulators.social.network.Attachment;
import org.touchstone.emulators.social.network.Draft;
import org.touchstone.emulators.social.network.Post;
import org.touchstone.emulators.social.network.SocialNetwork;
import org.touchstone.emulators.social.x.XServer;
import org.touchstone.mentions.Bot;
import org.touchstone.mentions.analysis.AnalysisResult;
import org.touchstone.mentions.analysis.AnalysisService;
import org.touchstone.mentions.platform.Credentials;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.PlatformAccess;
import org.touchstone.mentions.platforms.Platforms;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.storage.BotHealth;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.Leases;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.telemetry.Metrics;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Measures the mention bot on a loopback X, with verdicts that are there at once: mentions a second
 * from poll to reply, requests to X and money by its price list for each handled mention.
 */
final class BotBench {
  private static final String X = "x";
  private static final String BOT = "TouchstoneBot";
  private static final int ROUNDS = 4;

  /** X accepts 100 replies in a quarter of an hour. */
  private static final int MENTIONS = 80;

  private static final Duration QUARTER = Duration.ofMinutes(16);

  private BotBench() {}

  /** A clock that can be moved on, so that X's limits do not count. */
  private static final class Clock implements InstantSource {
    private Duration ahead = Duration.ZERO;

    @Override
    public synchronized Instant instant() {
      return Instant.now().plus(ahead);
    }

    synchronized void pass(Duration time) {
      ahead = ahead.plus(time);
    }
  }

  /** A secret in memory. */
  private record Secret(Map<String, String> read) implements Credentials {
    @Override
    public boolean replace(Map<String, String> expected, Map<String, String> changed) {
      return false;
    }
  }

  /** A service that knows every verdict. */
  private static final class Known implements AnalysisService {
    private final AtomicInteger started = new AtomicInteger();

    @Override
    public String start(String link, String key) {
      return "analysis-" + started.incrementAndGet();
    }

    @Override
    public AnalysisResult result(String id) {
      return new AnalysisResult.Complete(Verdict.Level.HIGH);
    }

    @Override
    public Optional<URI> share(String id) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  static void run() {
    Clock clock = new Clock();
    SocialNetwork network = new SocialNetwork(clock);
    try (XServer server = new XServer(network, BOT);
        EmbeddedS3 s3 = EmbeddedS3.inMemory();
        S3Client objects = s3.client()) {
      s3.createBucket("bench");
      ObjectStore store = new ObjectStore(objects, "bench");
      MentionStore mentions = new MentionStore(store, new Leases(store, clock), clock);
      Bot bot =
          new Bot(
              BotSettings.read("{\"platforms\": {\"x\": {}}}"),
              Templates.builtIn(),
              List.of(account(server, network, clock)),
              new Known(),
              mentions,
              new BotStore(store),
              Metrics.none(),
              clock);
      int handled = 0;
      double[] perSecond = new double[ROUNDS];
      long requests = 0;
      BotHealth health = null;
      for (int round = 0; round < ROUNDS; round++) {
        tag(network, round);
        int before = server.calls().size();
        long start = System.nanoTime();
        health = bot.poll(X, Duration.ofHours(1));
        perSecond[round] = MENTIONS / ((System.nanoTime() - start) / 1e9);
        requests += server.calls().size() - before;
        handled += MENTIONS;
        if (health.today().replied() != handled) {
          throw new IllegalStateException(health.toString());
        }
        clock.pass(QUARTER);
      }
      // The first round also loads classes.
      double[] warm = Arrays.copyOfRange(perSecond, 1, ROUNDS);
      Arrays.sort(warm);
      System.out.printf(
          Locale.ROOT,
          "  %d mentions in each of %d polls: %.1f a second (median), %.2f requests and %.4f USD"
              + " for a handled mention%n",
          MENTIONS,
          ROUNDS - 1,
          warm[warm.length / 2],
          (double) requests / handled,
          health.spentMicros() / 1e6 / handled);
    }
  }

  private static Platform account(XServer server, SocialNetwork network, InstantSource clock) {
    String[] token = server.token(BOT);
    Map<String, String> secret =
        Map.of(
            "consumerKey",
            server.consumerKey(),
            "consumerSecret",
            server.consumerSecret(),
            "accessToken",
            token[0],
            "accessTokenSecret",
            token[1],
            "userId",
            network.join(BOT).id(),
            "username",
            BOT);
    return Platforms.find(X)
        .orElseThrow()
        .open(new PlatformAccess(Optional.of(server.uri()), true, new Secret(secret), clock));
  }

  private static void tag(SocialNetwork network, int round) {
    for (int i = 0; i < MENTIONS; i++) {
      String person = "person" + round + "x" + i;
      network.join(person);
      network.join("author");
      Attachment picture = new Attachment("m" + person, "https://a.example/b.jpg", "image/jpeg");
      Post post = network.publish(Draft.of("author", "look").with(picture));
      network.publish(Draft.of(person, "@" + BOT + " is this real?").replyingTo(post));
    }
  }
}
