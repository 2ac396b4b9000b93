package org.touchstone.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.touchstone.domain.AnalysisInput;
import org.touchstone.domain.AnalysisOutcome;
import org.touchstone.domain.AnalysisRequest;
import org.touchstone.domain.Problem;
import org.touchstone.domain.ProblemType;
import org.touchstone.domain.Retention;
import org.touchstone.emulators.aws.EmbeddedS3;
import org.touchstone.storage.AnalysisDeletion;
import org.touchstone.storage.AnalysisStore;
import org.touchstone.storage.AuditLog;
import org.touchstone.storage.BatchLinks;
import org.touchstone.storage.DeletionQueue;
import org.touchstone.storage.DeliveryStore;
import org.touchstone.storage.Executions;
import org.touchstone.storage.MediaDisposal;
import org.touchstone.storage.MediaReferences;
import org.touchstone.storage.ObjectRemoval;
import org.touchstone.storage.ObjectStore;
import org.touchstone.storage.RetentionList;
import org.touchstone.storage.ShareStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;

class SweepTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration BUDGET = Duration.ofMinutes(4);

  private EmbeddedS3 server;
  private S3Client s3;
  private HttpServer stepFunctions;
  private SfnClient sfn;
  private ObjectStore objects;
  private AnalysisStore analyses;
  private Sweep sweep;
  private volatile Instant now = START;
  private int ids;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private final Logger log = Logger.getLogger(Items.class.getName());
  private final Handler warned =
      new Handler() {
        @Override
        public void publish(LogRecord message) {
          if (message.getLevel().intValue() == Level.WARNING.intValue()) {
            warnings.add(message.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void open() throws IOException {
    log.addHandler(warned);
    server = EmbeddedS3.inMemory();
    server.createBucket("upkeep");
    s3 = server.client();
    // No execution is there any more.
    stepFunctions =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stepFunctions.createContext(
        "/",
        exchange -> {
          byte[] body = "{\"__type\":\"ExecutionDoesNotExist\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    stepFunctions.start();
    sfn =
        SfnClient.builder()
            .endpointOverride(
                URI.create("http://127.0.0.1:" + stepFunctions.getAddress().getPort()))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    objects = new ObjectStore(s3, "upkeep");
    analyses = new AnalysisStore(objects);
    ObjectRemoval removal = new ObjectRemoval(s3, "upkeep", false);
    MediaReferences references = new MediaReferences(objects, () -> now);
    DeletionQueue queue = new DeletionQueue(objects);
    AnalysisDeletion deletion =
        new AnalysisDeletion(
            analyses,
            queue,
            removal,
            references,
            new MediaDisposal(objects, removal, references, () -> now),
            new DeliveryStore(objects),
            new ShareStore(objects, new SecureRandom()),
            new BatchLinks(objects, removal),
            new Executions(sfn, "arn:aws:states:us-east-1:1:stateMachine:analysis"),
            (request, media, outcome) -> {},
            () -> now);
    sweep =
        new Sweep(
            List.of(
                new RetentionSweep(
                    new RetentionList(objects),
                    analyses,
                    deletion,
                    new AuditLog(objects),
                    () -> now),
                new DeletionSweep(queue, deletion, () -> now)),
            () -> now);
  }

  @AfterEach
  void close() {
    log.removeHandler(warned);
    sfn.close();
    stepFunctions.stop(0);
    s3.close();
    server.close();
  }

  private String analysis(Retention retention) {
    String id = "%026d".formatted(++ids);
    analyses.create(
        new AnalysisRequest(
            id,
            "account",
            "key",
            AnalysisInput.ofUrl("https://example.org/a.jpg"),
            null,
            now,
            null,
            retention,
            null));
    return id;
  }

  private void end(String id) {
    analyses.saveOutcome(id, new AnalysisOutcome(null, Problem.of(ProblemType.POST_NO_MEDIA), now));
  }

  private Map<String, Integer> sweep() {
    return new SweepHandler(sweep).handleRequest(Map.of("time", "now"), null).done();
  }

  @Test
  void doesNothingWhereNothingIsDue() {
    String id = analysis(null);
    end(id);
    now = START.plus(Duration.ofDays(400));

    assertThat(sweep()).isEqualTo(Map.of("retention", 0, "deletions", 0));
    assertThat(analyses.request(id)).isPresent();
  }

  @Test
  void deletesAnAnalysisThatIsNotToBeKeptOnceItsEndWasDelivered() {
    String id = analysis(Retention.NONE);
    sweep();
    end(id);
    sweep();
    assertThat(analyses.request(id)).as("nobody has seen the result yet").isPresent();

    analyses.markDelivered(id, now);

    assertThat(sweep()).isEqualTo(Map.of("retention", 1, "deletions", 1));
    assertThat(analyses.request(id)).isEmpty();
    assertThat(objects.list("retention/")).isEmpty();
    assertThat(new AuditLog(objects).list(null, null, null, 10).items())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("analysis.deleted");
              assertThat(entry.subject()).isEqualTo(id);
            });
  }

  @Test
  void deletesAnAnalysisThatIsNotToBeKeptAnHourAfterItsEnd() {
    String id = analysis(Retention.NONE);
    now = now.plus(Duration.ofMinutes(30));
    end(id);
    now = now.plus(Duration.ofMinutes(59));
    sweep();
    assertThat(analyses.request(id)).isPresent();

    now = now.plus(Duration.ofMinutes(2));
    sweep();

    assertThat(analyses.request(id)).isEmpty();
  }

  @Test
  void deletesAnAnalysisThatIsNotToBeKeptAndNeverEnded() {
    String id = analysis(Retention.NONE);
    now = now.plus(Duration.ofHours(3));
    sweep();
    assertThat(analyses.request(id)).isPresent();

    now = now.plus(Duration.ofHours(2));
    sweep();

    assertThat(analyses.request(id)).isEmpty();
  }

  @Test
  void forgetsWhatWasListedAndNeverStored() {
    String id = analysis(Retention.NONE);
    objects.delete("analyses/" + id + "/request.json");
    sweep();
    assertThat(objects.list("retention/")).hasSize(1);

    now = now.plus(Duration.ofHours(2));
    sweep();

    assertThat(objects.list("retention/")).isEmpty();
  }

  @Test
  void aDeletedAnalysisLeavesTheListOfThoseThatAreNotToBeKept() {
    String id = analysis(Retention.NONE);
    objects.put(
        "analyses/" + id + "/request.json",
        ("{\"id\":\"%s\",\"accountId\":\"account\",\"deletedAt\":\"2026-11-24T12:00:00Z\"}")
            .formatted(id)
            .getBytes(StandardCharsets.UTF_8),
        "application/json");

    sweep();

    assertThat(objects.list("retention/")).isEmpty();
  }

  @Test
  void manySweepsAtOnceDeleteEachOnce() throws Exception {
    List<String> all = IntStream.range(0, 12).mapToObj(i -> analysis(Retention.NONE)).toList();
    all.forEach(this::end);
    now = now.plus(Duration.ofHours(2));

    Callable<Map<String, Integer>> run = this::sweep;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (var result : threads.invokeAll(List.of(run, run, run))) {
        assertThat(result.get()).isNotEmpty();
      }
    }
    sweep();

    assertThat(all).allMatch(id -> analyses.request(id).isEmpty());
    assertThat(objects.list("retention/")).isEmpty();
    now = now.plus(Duration.ofHours(5));
    sweep();
    now = now.plus(Duration.ofDays(100));
    sweep();
    assertThat(objects.list("")).hasSize(12).allMatch(key -> key.startsWith("audit/"));
  }

  @Test
  void oneThatCannotBeDeletedKeepsNoOtherWaitingAndRaisesAnAlarm() {
    String broken = analysis(Retention.NONE);
    String sound = analysis(Retention.NONE);
    end(sound);
    objects.put("analyses/" + broken + "/request.json", "{".getBytes(), "application/json");
    now = now.plus(Duration.ofHours(2));

    assertThatThrownBy(this::sweep)
        .isInstanceOf(SweepFailedException.class)
        .hasMessage("failed: retention");

    assertThat(analyses.request(sound)).isEmpty();
    assertThat(objects.list("deletions/")).as("the other part has run").hasSize(1);
  }

  @Test
  void stopsInTimeAndGoesOnNextTime() {
    List<String> all = IntStream.range(0, 10).mapToObj(i -> analysis(Retention.NONE)).toList();
    all.forEach(this::end);
    now = now.plus(Duration.ofHours(2));
    // Every look at the clock takes a minute.
    AtomicReference<Instant> slow = new AtomicReference<>(now);
    List<String> looked = Collections.synchronizedList(new ArrayList<>());
    int first =
        Items.<String>each(
            "part",
            () -> slow.updateAndGet(at -> at.plus(Duration.ofMinutes(1))),
            now.plus(BUDGET),
            after -> after == null ? all : List.of(),
            looked::add);

    assertThat(first).isEqualTo(3);
    assertThat(looked).hasSize(3).isSubsetOf(all);
    assertThat(warnings).singleElement().asString().contains("part", "next run");
  }

  @Test
  void readsManyPages() {
    List<Integer> items = IntStream.range(0, 2 * Items.PAGE + 7).boxed().toList();
    List<Integer> looked = Collections.synchronizedList(new ArrayList<>());

    int done =
        Items.<Integer>each(
            "part",
            () -> now,
            now.plus(BUDGET),
            after -> {
              int from = after == null ? 0 : after + 1;
              return items.subList(from, Math.min(items.size(), from + Items.PAGE));
            },
            looked::add);

    assertThat(done).isEqualTo(items.size());
    assertThat(looked).containsExactlyInAnyOrderElementsOf(items);
    assertThat(warnings).isEmpty();
  }

  @Test
  void treatsManyItemsAtOnce() {
    // Each item waits for the others.
    CountDownLatch begun = new CountDownLatch(4);

    int done =
        Items.<Integer>each(
            "part",
            () -> now,
            now.plus(BUDGET),
            after -> List.of(1, 2, 3, 4),
            item -> {
              begun.countDown();
              try {
                return begun.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                return false;
              }
            });

    assertThat(done).isEqualTo(4);
  }

  @Test
  void readsNoMoreThanSoManyPages() {
    int done =
        Items.<Integer>each(
            "part",
            () -> now,
            now.plus(BUDGET),
            after -> Stream.iterate(0, i -> i + 1).limit(Items.PAGE).toList(),
            item -> true);

    assertThat(done).isEqualTo(Items.PAGE * Items.PAGES);
    assertThat(warnings).singleElement().asString().contains("part", "next run");
  }
}
