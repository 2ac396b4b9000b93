package org.touchstone.mentions;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.touchstone.domain.mention.Mention;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.mentions.analysis.AnalysisService;
import org.touchstone.mentions.platform.Platform;
import org.touchstone.mentions.platform.Traits;
import org.touchstone.mentions.settings.BotSettings;
import org.touchstone.mentions.templates.Templates;
import org.touchstone.storage.BotHealth;
import org.touchstone.storage.BotStore;
import org.touchstone.storage.Leases;
import org.touchstone.storage.MentionStore;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.StoredMention;
import org.touchstone.telemetry.Metrics;
import org.touchstone.testing.Interruptions;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The bot with a bucket, a clock, a network and analyses of its own. */
final class Desk implements AutoCloseable {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final S3Client client;
  private Instant now = Instant.parse("2026-10-01T12:00:00Z");

  final Interruptions interruptions = new Interruptions();
  final MemoryNetwork network;
  final MemoryAnalyses analyses = new MemoryAnalyses();
  final MentionStore mentions;
  final BotStore store;
  final List<String> metricLines = new ArrayList<>();
  final Bot bot;

  Desk(EmbeddedS3 s3) {
    this(s3, MemoryNetwork.ONE_REPLY, "{\"platforms\": {\"x\": {}}}");
  }

  Desk(EmbeddedS3 s3, Traits traits, String settings) {
    String bucket = "mentions-" + BUCKETS.incrementAndGet();
    s3.createBucket(bucket);
    client =
        S3Client.builder()
            .endpointOverride(s3.endpoint())
            .region(EmbeddedS3.REGION)
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(s3.credentials()))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(config -> config.addExecutionInterceptor(new NoExpectContinue()))
            .build();
    ObjectStore objects = new ObjectStore(interruptions.watch(S3Client.class, client), bucket);
    mentions = new MentionStore(objects, new Leases(objects, this::now), this::now);
    store = new BotStore(objects);
    network = new MemoryNetwork(this::now, traits);
    bot =
        new Bot(
            BotSettings.read(settings),
            Templates.builtIn().with(store::templates),
            List.of(interruptions.watch(Platform.class, network)),
            interruptions.watch(AnalysisService.class, analyses),
            mentions,
            store,
            new Metrics("Touchstone", this::now, metricLines::add),
            this::now);
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  BotHealth poll() {
    return bot.poll(MemoryNetwork.NAME, Duration.ofMinutes(4));
  }

  /** What EventBridge sends. */
  void ended(String analysisId) {
    new MentionRepliesHandler(bot)
        .handleRequest(Map.of("detail", Map.of("analysisId", analysisId)), null);
  }

  StoredMention stored(Mention mention) {
    return mentions.find(MemoryNetwork.NAME, MentionStore.idOf(mention)).orElseThrow().mention();
  }

  @Override
  public void close() {
    client.close();
  }
}
