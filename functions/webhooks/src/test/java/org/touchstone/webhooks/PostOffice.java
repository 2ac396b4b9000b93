package org.touchstone.webhooks;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Json;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Retention;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.webhook.EventType;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.fetch.Fetcher;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.Leases;
import org.touchstone.storage.NoExpectContinue;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PeoplesDecisions;
import org.touchstone.storage.StoredDelivery;
import org.touchstone.storage.WebhookStore;
import org.touchstone.telemetry.Metrics;
import org.touchstone.webhooks.delivery.Deliverer;
import org.touchstone.webhooks.delivery.Receiver;
import org.touchstone.webhooks.delivery.Settlement;
import org.touchstone.webhooks.events.AnalysisEvents;
import org.touchstone.webhooks.events.FanOut;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The function on this machine with a bucket, a clock and a queue of its own. */
final class PostOffice implements AutoCloseable {
  static final String ACCOUNT = "desk";
  static final String ANALYSIS = "01jbf3s8v0abcdefghjkmnpqrs";

  /** As long as a message stays hidden from other workers. */
  private static final Duration VISIBILITY = Duration.ofSeconds(90);

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private final S3Client client;
  private final Receiver receiver;
  private final List<String> metricLines = new ArrayList<>();

  /** Calls of S3 and SQS until the worker dies; endless unless a test sets it. */
  final AtomicInteger callsToLive = new AtomicInteger(Integer.MAX_VALUE);

  /** Whether the worker was killed: whatever it still does fails. */
  private volatile boolean dead;

  final DelayedMessages queue = new DelayedMessages(this::now, this::requireLife, this::countCall);
  final ObjectStore objects;
  final AnalysisStore analyses;
  final WebhookStore webhooks;
  final DeliveryStore deliveries;
  final WebhooksHandler handler;

  private volatile Instant now = Instant.now();

  PostOffice(EmbeddedS3 s3) {
    this(s3, null, Receiver.policy(true).deadline());
  }

  /**
   * @param sqs the queue; null for {@link #queue}
   * @param timeLimit of an attempt
   */
  PostOffice(EmbeddedS3 s3, Map.Entry<SqsClient, String> sqs, Duration timeLimit) {
    String bucket = "webhooks-" + BUCKETS.incrementAndGet();
    s3.createBucket(bucket);
    client =
        S3Client.builder()
            .endpointOverride(s3.endpoint())
            .region(EmbeddedS3.REGION)
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(s3.credentials()))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(
                config ->
                    config
                        .addExecutionInterceptor(new NoExpectContinue())
                        .addExecutionInterceptor(new Mortality()))
            .build();
    objects = new ObjectStore(client, bucket);
    analyses = new AnalysisStore(objects);
    webhooks = new WebhookStore(objects, new SecureRandom());
    deliveries = new DeliveryStore(objects);
    receiver = new Receiver(new Fetcher(Receiver.policy(true, timeLimit)), true, this::now);
    EventQueue events =
        sqs == null
            ? new EventQueue(() -> queue, Optional.of("queue"))
            : new EventQueue(sqs::getKey, Optional.of(sqs.getValue()));
    handler =
        new WebhooksHandler(
            new AnalysisEvents(
                analyses,
                new PeoplesDecisions(objects, analyses),
                () -> "https://api.example.org/live"),
            new FanOut(webhooks, deliveries, events, this::now),
            new Deliverer(
                webhooks,
                deliveries,
                new Leases(objects, this::now),
                events,
                receiver,
                new Settlement(analyses, deliveries, this::now),
                new Metrics("Touchstone", this::now, metricLines::add),
                this::now));
  }

  /** Kills the worker after the call that uses up what it has left to live. */
  private final class Mortality implements ExecutionInterceptor {
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      requireLife();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      countCall();
    }
  }

  private void countCall() {
    if (callsToLive.get() != Integer.MAX_VALUE && callsToLive.decrementAndGet() == 0) {
      dead = true;
      throw new WorkerKilled();
    }
  }

  private void requireLife() {
    if (dead) {
      throw new WorkerKilled();
    }
  }

  /** The end of a worker. */
  static final class WorkerKilled extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  Instant now() {
    return now;
  }

  void at(Instant instant) {
    now = instant;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  List<String> metricLines() {
    return List.copyOf(metricLines);
  }

  /** A webhook for these types, or for all. */
  WebhookStore.NewSecret webhook(LoopbackReceiver receiver, EventType... types) {
    return webhooks.create(ACCOUNT, receiver.url(), Set.of(types), null, now);
  }

  /** Stores an analysis that has ended with a verdict. */
  void complete(String id, String callbackUrl, Retention retention) {
    request(id, callbackUrl, retention);
    Verdict verdict = new Verdict(Verdict.Level.HIGH, 0.93, "p1", List.of(), List.of(), List.of());
    analyses.saveOutcome(id, new AnalysisOutcome(verdict, null, now));
  }

  /** Stores an analysis that has failed. */
  void fail(String id) {
    request(id, null, null);
    analyses.saveOutcome(id, new AnalysisOutcome(null, Problem.of(ProblemType.POST_DELETED), now));
  }

  void request(String id, String callbackUrl, Retention retention) {
    analyses.create(
        new AnalysisRequest(
            id,
            ACCOUNT,
            "key",
            AnalysisInput.ofUrl("https://example.org/1"),
            null,
            now,
            callbackUrl,
            retention,
            null));
  }

  /** What EventBridge sends when an analysis has ended. */
  static String ended(String id) {
    return Json.string(
        Map.of(
            "source",
            "touchstone",
            "detail-type",
            "AnalysisEnded",
            "detail",
            Map.of("analysisId", id, "accountId", ACCOUNT, "status", "complete")));
  }

  /** Hands a message over once, to a worker that lives. */
  boolean isDone(String body) {
    dead = false;
    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
    message.setMessageId("m");
    message.setBody(body);
    SQSEvent event = new SQSEvent();
    event.setRecords(List.of(message));
    return handler.handleRequest(event, null).getBatchItemFailures().isEmpty();
  }

  /**
   * Works the queue as SQS and Lambda do: a message that is not done with comes again when it is
   * visible again. Time passes only while nothing is due.
   *
   * @param until messages that are due later stay in the queue
   */
  void work(Instant until) {
    for (Optional<DelayedMessages.Waiting> next = queue.next();
        next.isPresent();
        next = queue.next()) {
      DelayedMessages.Waiting message = next.get();
      if (message.due().isAfter(until)) {
        queue.putBack(message.body(), message.due());
        return;
      }
      now = message.due().isAfter(now) ? message.due() : now;
      if (!isDone(message.body())) {
        queue.putBack(message.body(), now.plus(VISIBILITY));
      }
    }
    dead = false;
  }

  /** Sends a message and works what is due now. */
  void tell(String body) {
    queue.putBack(body, now);
    work(now);
  }

  StoredDelivery delivery(String webhookId) {
    return deliveries.list(ACCOUNT, webhookId, null, 1).deliveries().getFirst();
  }

  @Override
  public void close() {
    receiver.close();
    client.close();
  }
}
