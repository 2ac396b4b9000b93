package org.touchstone.payers.export;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.touchstone.billing.BilledMedium;
import org.touchstone.billing.Ledger;
import org.touchstone.billing.PriceList;
import org.touchstone.billing.Unit;
import org.touchstone.billing.UsageFact;
import org.touchstone.domain.Modality;
import org.touchstone.domain.account.Payer;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.payers.Mortal;
import org.touchstone.payers.MovedClock;
import org.touchstone.payers.marketplace.FakeMarketplace;
import org.touchstone.payers.marketplace.MarketplaceExporter;
import org.touchstone.payers.marketplace.MeteringApi;
import org.touchstone.payers.stripe.FakeStripe;
import org.touchstone.payers.stripe.StripeApi;
import org.touchstone.payers.stripe.StripeExporter;
import org.touchstone.secrets.Secret;
import org.touchstone.storage.AccountStore;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** A deployment whose process can die: its bucket, both services and the export. */
public final class Exports implements AutoCloseable {
  public static final Instant SINCE = Instant.parse("2026-11-10T08:20:00Z");
  public static final PriceList PRICES =
      new PriceList("p1", "USD", 12_345, 67_891, 3_210, Instant.EPOCH);
  public static final long UNIT = 1_000;

  private static final EmbeddedS3 SERVER = EmbeddedS3.inMemory();
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final AtomicInteger ANALYSES = new AtomicInteger();

  public final MovedClock clock = new MovedClock(SINCE);
  public final Mortal http = new Mortal(UrlConnectionHttpClient.create());
  public final FakeMarketplace marketplace = new FakeMarketplace(clock);
  public final FakeStripe stripe = new FakeStripe(clock);
  public final ObjectStore objects;
  public final AccountStore accounts;
  public final Ledger ledger;
  public final ExportBooks books;
  private final ObjectStore mortal;

  public Exports() {
    String bucket = "bucket-" + BUCKETS.incrementAndGet();
    SERVER.createBucket(bucket);
    S3Client client =
        S3Client.builder()
            .endpointOverride(SERVER.endpoint())
            .region(EmbeddedS3.REGION)
            .credentialsProvider(StaticCredentialsProvider.create(SERVER.credentials()))
            .forcePathStyle(true)
            .httpClient(http)
            .overrideConfiguration(
                settings ->
                    settings
                        .addExecutionInterceptor(new NoExpectContinue())
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
    objects = new ObjectStore(SERVER.client(), bucket);
    mortal = new ObjectStore(client, bucket);
    accounts = new AccountStore(objects);
    ledger = new Ledger(objects);
    books = new ExportBooks(objects);
  }

  public MeterExporter toMarketplace() {
    return new MarketplaceExporter(
        new MeteringApi(
            http,
            StaticCredentialsProvider.create(SERVER.credentials()),
            "us-east-1",
            marketplace.endpoint()),
        "usage",
        UNIT,
        "USD");
  }

  public MeterExporter toStripe() {
    return new StripeExporter(
        stripeApi(), new StripeExporter.Meter("mtr_1", "touchstone", UNIT, "USD"), clock);
  }

  public StripeApi stripeApi() {
    return new StripeApi(
        http,
        stripe.endpoint(),
        () ->
            Optional.of(
                Secret.of(
                    "{\"apiKey\": \"%s\", \"webhookSecret\": \"whsec_1\"}"
                        .formatted(FakeStripe.KEY))));
  }

  /** A buyer on AWS Marketplace, whose AWS account has the account's name. */
  public void buyer(String accountId) {
    accounts.open(
        accountId,
        "Buyer",
        Payer.at(
            new Payer.Marketplace(
                accountId,
                "arn:aws:license-manager::123456789012:license:l-" + accountId,
                "prod",
                "id-" + accountId),
            SINCE),
        SINCE);
  }

  /** A customer of Stripe of that name. */
  public void customer(String accountId) {
    accounts.open(accountId, "Customer", Payer.at(new Payer.Stripe(accountId), SINCE), SINCE);
  }

  /** An image and a video of two started minutes. */
  public UsageFact use(String accountId, Instant at) {
    return ledger.record(
        UsageFact.of(
            "%026d".formatted(ANALYSES.incrementAndGet()),
            accountId,
            "key",
            at,
            PRICES,
            List.of(medium(Modality.IMAGE, null, null), medium(Modality.VIDEO, 61.5, null))));
  }

  public UsageFact useForFree(String accountId, Instant at) {
    return ledger.record(
        UsageFact.of(
            "%026d".formatted(ANALYSES.incrementAndGet()),
            accountId,
            "key",
            at,
            PRICES,
            List.of(medium(Modality.IMAGE, null, BilledMedium.Free.ABSTAINED))));
  }

  private static BilledMedium medium(Modality modality, Double seconds, BilledMedium.Free free) {
    Unit unit = Unit.of(modality);
    long units = unit.count(seconds);
    long each = PRICES.micros(unit);
    return new BilledMedium(
        null, null, modality, seconds, unit, units, each, free == null ? units * each : 0, free);
  }

  /** A run in a process that may die. */
  public ExportReport run(MeterExporter exporter) {
    return run(exporter, clock);
  }

  /**
   * A run in a process that dies at a call.
   *
   * @param call from 0
   * @param after whether the service still does what is asked
   * @return whether the run had that many calls
   */
  public boolean die(MeterExporter exporter, int call, boolean after) {
    http.dieAt(call, after);
    try {
      run(exporter);
    } catch (RuntimeException e) {
      // So does a process that dies before it knows its accounts.
    }
    return http.revive();
  }

  private ExportReport run(MeterExporter exporter, InstantSource time) {
    ExportBooks mine = new ExportBooks(mortal);
    return new MeterExport(
            new AccountStore(mortal), mine, new Sealing(new Ledger(mortal), mine), time)
        .run(exporter, clock.instant().plus(Duration.ofMinutes(10)));
  }

  /** What an account owes by the ledger, in millionths. */
  public long owed(String accountId) {
    long sum = 0;
    for (LocalDate day = LocalDate.parse("2026-11-10");
        day.isBefore(LocalDate.parse("2026-12-31"));
        day = day.plusDays(1)) {
      sum += ledger.day(accountId, day).stream().mapToLong(UsageFact::micros).sum();
    }
    return sum;
  }

  public long carried(MeterExporter exporter, String accountId) {
    return books.read(exporter.name(), accountId).state().carry();
  }

  /** Takes an account away, so that later runs do not look at it. */
  public void retire(String accountId) {
    objects.delete("access/accounts/" + accountId + ".json");
  }

  @Override
  public void close() {
    marketplace.close();
    stripe.close();
  }
}
