package org.touchstone.batches;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.touchstone.acceptance.AcceptRequest;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.AnalysisStatus;
import org.touchstone.domain.BatchLine;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.Json;
import org.touchstone.domain.LevelOverride.Holder;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Modality;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.ResolvedMedia;
import org.touchstone.domain.Verdict;
import org.touchstone.domain.batch.Batch;
import org.touchstone.domain.batch.BatchItem;
import org.touchstone.domain.batch.BatchLineState;
import org.touchstone.domain.batch.BatchProgress;
import org.touchstone.domain.batch.BatchTask;
import org.touchstone.domain.batch.LineStatus;
import org.touchstone.domain.people.Label;
import org.touchstone.domain.voting.GroundTruth;
import org.touchstone.domain.webhook.WebhookEvent;
import org.touchstone.domain.workflow.AnalysisEnded;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.BatchQueue;
import org.touchstone.storage.BatchStore;
import org.touchstone.storage.EventQueue;
import org.touchstone.storage.LabelStore;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.PeoplesDecisions;
import org.touchstone.testing.Interruptions;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** A batch function beside real servers of S3 and SQS, with executions that a test ends. */
final class Desk implements AutoCloseable {
  static final String ACCOUNT = "press";
  static final int AT_ONCE = 20;

  final Interruptions interruptions = new Interruptions();
  final EmbeddedS3 s3 = EmbeddedS3.inMemory();
  private static final String TASKS = "tasks";
  private static final String EVENTS = "events";

  /** What was sent, also if it is due later. */
  private final List<SendMessageRequest> sent = new ArrayList<>();

  final BatchStore batches;
  final AnalysisStore analyses;

  /** How often each analysis was started, by its id. */
  final Map<String, Integer> executions = new HashMap<>();

  private final ObjectStore objects;

  /** The same store, whose calls do not count. */
  private final AnalysisStore unwatched;

  private final BatchQueue queue;
  private final EventQueue eventQueue;
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");

  Desk() {
    s3.createBucket("batches");
    objects = new ObjectStore(interruptions.watch(S3Client.class, s3.client()), "batches");
    unwatched = new AnalysisStore(new ObjectStore(s3.client(), "batches"));
    batches = new BatchStore(objects, s3.presigner());
    analyses = new AnalysisStore(objects);
    SqsClient watched = interruptions.watch(SqsClient.class, recordingClient());
    queue = new BatchQueue(() -> watched, Optional.of(TASKS));
    eventQueue = new EventQueue(() -> watched, Optional.of(EVENTS));
  }

  InstantSource clock() {
    return () -> now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A batch of links that is stored and not begun. */
  Batch batch(int lines) {
    Batch batch =
        new Batch(
            "7".repeat(26),
            ACCOUNT,
            "key",
            now,
            JobOptions.DEFAULT,
            IntStream.rangeClosed(1, lines)
                .mapToObj(line -> new BatchItem(line, "https://example.org/" + line + ".jpg", null))
                .toList(),
            List.of());
    return batches.create(batch, "request");
  }

  /** Stores requests and counts executions: Step Functions starts one of a name once. */
  Starter recording() {
    return (batch, item) -> {
      String id = id(batch, item.line());
      if (executions.merge(id, 1, Integer::sum) == 1) {
        store(batch, item.line());
      }
      return id;
    };
  }

  /** Stores the request of a line, as accepting it does. */
  void store(Batch batch, int line) {
    unwatched.create(
        new AnalysisRequest(
            id(batch, line),
            ACCOUNT,
            "key",
            AnalysisInput.ofUrl("https://example.org/" + line + ".jpg"),
            JobOptions.DEFAULT,
            now,
            null,
            null,
            new BatchLine(batch.id(), line)));
  }

  /** Ends the analysis of a line. */
  void fail(Batch batch, int line) {
    unwatched.saveOutcome(
        id(batch, line), new AnalysisOutcome(null, Problem.of(ProblemType.FETCH_NOT_FOUND), now));
  }

  /** Ends the analysis of a line with a high level, though people know its medium is authentic. */
  void completeAsLabelledAuthentic(Batch batch, int line) {
    String id = id(batch, line);
    String sha256 = "a".repeat(64);
    unwatched.saveMedia(
        id,
        new ResolvedMedia(
            List.of(MediaItem.of(Modality.IMAGE, sha256, "image/png", 1)), List.of(), now));
    new LabelStore(objects)
        .put(ACCOUNT, new Label(sha256, GroundTruth.AUTHENTIC, null, Holder.ACCOUNT, now));
    Verdict verdict = new Verdict(Verdict.Level.HIGH, 0.93, "p1", List.of(), List.of(), List.of());
    unwatched.saveOutcome(id, new AnalysisOutcome(verdict, null, now));
  }

  static String id(Batch batch, int line) {
    return AcceptRequest.idOf(batch.accountId(), new BatchLine(batch.id(), line));
  }

  Follower follower(Starter starter) {
    return new Follower(
        batches,
        analyses,
        new PeoplesDecisions(objects, analyses),
        queue,
        eventQueue,
        starter,
        AT_ONCE,
        clock(),
        new SecureRandom());
  }

  /** A look that no event caused. */
  void tick(Follower follower, Batch batch, int number) {
    follower.look(
        ACCOUNT, batch.id(), List.of(), Optional.of(number), now.plus(Duration.ofMinutes(1)));
  }

  /** A look that the ends of some lines' analyses caused. */
  void end(Follower follower, Batch batch, List<Integer> lines) {
    follower.look(
        ACCOUNT,
        batch.id(),
        lines.stream().map(line -> new LineEnd(line, failed(id(batch, line)))).toList(),
        Optional.empty(),
        now.plus(Duration.ofMinutes(1)));
  }

  static AnalysisEnded failed(String analysisId) {
    return new AnalysisEnded(
        analysisId,
        ACCOUNT,
        "key",
        AnalysisStatus.FAILED,
        null,
        null,
        Problem.of(ProblemType.FETCH_NOT_FOUND));
  }

  BatchProgress progress(Batch batch) {
    return batches.progress(ACCOUNT, batch.id()).orElseThrow().value();
  }

  List<Integer> running(Batch batch) {
    return progress(batch).lines().stream()
        .filter(line -> line.status() == LineStatus.RUNNING)
        .map(BatchLineState::line)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private SqsClient recordingClient() {
    return (SqsClient)
        Proxy.newProxyInstance(
            SqsClient.class.getClassLoader(),
            new Class<?>[] {SqsClient.class},
            (proxy, method, arguments) -> {
              SendMessageRequest.Builder message = SendMessageRequest.builder();
              ((Consumer<SendMessageRequest.Builder>) arguments[0]).accept(message);
              sent.add(message.build());
              return SendMessageResponse.builder().build();
            });
  }

  /** What was sent to have batches looked at, also what is due later. */
  List<BatchTask> sentTasks() {
    return sent.stream()
        .filter(message -> message.queueUrl().equals(TASKS))
        .map(message -> Json.read(message.messageBody().getBytes(UTF_8), BatchTask.class))
        .toList();
  }

  /** After how many seconds the last of these is due. */
  int lastDelay() {
    return sent.getLast().delaySeconds();
  }

  /** The events that were sent to webhooks. */
  List<WebhookEvent> sentEvents() {
    return sent.stream()
        .filter(message -> message.queueUrl().equals(EVENTS))
        .map(message -> Json.read(message.messageBody().getBytes(UTF_8), WebhookEvent.class))
        .toList();
  }

  static SQSEvent event(String... bodies) {
    SQSEvent event = new SQSEvent();
    List<SQSEvent.SQSMessage> records = new ArrayList<>();
    for (String body : bodies) {
      SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
      message.setMessageId("m" + records.size());
      message.setBody(body);
      records.add(message);
    }
    event.setRecords(records);
    return event;
  }

  @Override
  public void close() {
    s3.close();
  }
}
