package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Category;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.Evidence;
import org.touchstone.domain.Job;
import org.touchstone.domain.JobOptions;
import org.touchstone.domain.JobReports;
import org.touchstone.domain.Json;
import org.touchstone.domain.MediaItem;
import org.touchstone.domain.Priority;
import org.touchstone.domain.Reason;
import org.touchstone.domain.S3Location;
import org.touchstone.worker.support.Gate;
import org.touchstone.worker.support.LoopbackStepFunctions.Call;
import org.touchstone.worker.support.Plant;
import org.touchstone.worker.support.Queue;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.TestDetector;
import org.touchstone.worker.support.Workplace;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A worker's handling of valid and invalid messages of its queue. */
@ExtendWith(Servers.Extension.class)
class QueueWorkerTest {
  /** A patient and prompt cadence: tests wait only for the behaviour that they test. */
  private static final WorkerConfig.Cadence CADENCE =
      new WorkerConfig.Cadence(
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ZERO,
          Duration.ofSeconds(1),
          Duration.ofSeconds(20),
          Duration.ZERO);

  @TempDir Path folder;

  private Plant plant;

  @BeforeEach
  void setUp(Servers servers) {
    plant = new Plant(servers, folder);
  }

  @AfterEach
  void tearDown() {
    plant.close();
  }

  private DetectionService scoring(double score) {
    return plant.work().service(TestDetector.scoring("scoring", "1", score));
  }

  @Test
  void storesReportsTellsTheWorkflowAndDeletesTheMessage() {
    plant.start(scoring(0.8), CADENCE);
    Job job = plant.newJob(plant.work().store("a job"));

    plant.queue().send(job);

    await().until(plant.queue()::isEmpty);
    JobReports stored = plant.stored(job).getFirst();
    assertThat(stored.reports()).extracting(r -> r.score()).containsExactly(0.8);
    Call call = plant.stepFunctions().ended().getFirst();
    assertThat(call.operation()).isEqualTo("SendTaskSuccess");
    assertThat(call.body().path("output").asText()).isEqualTo("{}");
  }

  private static TestDetector writingDown() {
    return new TestDetector(
        "transcript",
        "1",
        media ->
            DetectorReport.abstained(
                    "transcript", "1", Category.SEMANTIC, Reason.NOT_CONFIGURED, "Written down.")
                .withEvidence(
                    Evidence.NONE.withSpeech(
                        new Evidence.Speech(
                            "en", "whisper", List.of(new Evidence.Passage(0, 1, "hi", false))))));
  }

  @Test
  void handsAJobOnWhenSomethingIsWrittenDownToJudge(Servers servers) {
    try (Queue judge = new Queue(servers, Duration.ofSeconds(30));
        SqsClient sqs = Queue.client(servers.sqs().endpoint())) {
      plant.start(plant.work().service(writingDown()), CADENCE);
      Job job =
          plant.newJob(plant.work().store("speech")).withNext(new Job.Next("judge", judge.url()));

      plant.queue().send(job);

      await().until(plant.queue()::isEmpty);
      String body =
          sqs.receiveMessage(r -> r.queueUrl(judge.url()).waitTimeSeconds(20))
              .messages()
              .getFirst()
              .body();
      Job handedOn = Json.read(body.getBytes(StandardCharsets.UTF_8), Job.class);
      assertThat(handedOn.taskToken()).isEqualTo(job.taskToken());
      assertThat(handedOn.endpoint()).isEqualTo("judge");
      assertThat(handedOn.next()).isNull();
      assertThat(plant.stored(job)).hasSize(1);
      assertThat(plant.stepFunctions().ended()).isEmpty();
    }
  }

  @Test
  void jobWithNothingToJudgeEndsHere() {
    plant.start(scoring(0.8), CADENCE);
    Job job = plant.newJob(plant.work().store("music")).withNext(new Job.Next("judge", "no queue"));

    plant.queue().send(job);

    await().until(plant.queue()::isEmpty);
    assertThat(plant.stepFunctions().ended())
        .extracting(Call::operation)
        .containsExactly("SendTaskSuccess");
  }

  @Test
  void doesAJobOnceThoughItsMessageComesTwiceAtTheSameTime() throws Exception {
    Gate gate = new Gate();
    TestDetector detector =
        new TestDetector(
            "slow",
            "1",
            media -> {
              gate.pass();
              return TestDetector.scored("slow", "1", 0.6);
            });
    plant.start(plant.work().service(detector), CADENCE);
    Job job = plant.newJob(plant.work().store("sent twice"));
    plant.queue().send(job);
    plant.queue().send(job);
    gate.awaitArrivals(1);
    await().until(() -> plant.queue().hidden() == 2);

    gate.open();

    await().until(plant.queue()::isEmpty);
    assertThat(detector.runs()).isOne();
    assertThat(plant.stored(job)).hasSize(1);
    assertThat(plant.stepFunctions().ended())
        .extracting(Call::operation)
        .containsExactly("SendTaskSuccess");
    assertThat(plant.queue().deadLetters()).isZero();
  }

  private static final JobOptions BULK = JobOptions.DEFAULT.withPriority(Priority.BULK);

  @Test
  void aThousandJobsThatMayWaitDoNotDelayOneThatMayNot(Servers servers) throws Exception {
    try (Queue bulk = new Queue(servers, Duration.ofSeconds(30))) {
      MediaItem urgent = plant.work().store("urgent");
      Gate gate = new Gate();
      plant.start(
          plant.work().service(heldBack(gate, urgent)),
          bulk,
          Workplace.LIMITS.concurrency(),
          CADENCE);
      List<Job> jobs =
          IntStream.range(0, Workplace.LIMITS.concurrency())
              .mapToObj(i -> plant.newJob(plant.work().store("may wait " + i), BULK))
              .toList();
      for (int i = 0; i < 1000; i++) {
        bulk.send(jobs.get(i % jobs.size()));
      }
      // All places that such jobs may have.
      gate.awaitArrivals(Workplace.LIMITS.concurrency() - 1);
      Job job = plant.newJob(urgent);

      plant.queue().send(job);

      await().until(() -> !plant.stepFunctions().ended().isEmpty());
      assertThat(plant.stored(job)).hasSize(1);
      assertThat(gate.waiting()).isZero();
      gate.open();
    }
  }

  @Test
  void jobsThatMayWaitAreDoneWhenNoOtherIsThere(Servers servers) {
    try (Queue bulk = new Queue(servers, Duration.ofSeconds(30))) {
      plant.start(scoring(0.4), bulk, 1, CADENCE);
      List<Job> jobs =
          IntStream.range(0, 3)
              .mapToObj(i -> plant.newJob(plant.work().store("may wait " + i), BULK))
              .toList();

      jobs.forEach(bulk::send);

      await().until(bulk::isEmpty);
      assertThat(plant.stepFunctions().ended()).hasSize(3);
    }
  }

  private static TestDetector heldBack(Gate gate, MediaItem urgent) {
    return new TestDetector(
        "slow",
        "1",
        media -> {
          if (!media.item().sha256().equals(urgent.sha256())) {
            gate.pass();
          }
          return TestDetector.scored("slow", "1", 0.6);
        });
  }

  @Test
  void doesNothingAboutAMessageThatComesAgainAfterItsJobEnded() {
    TestDetector detector = TestDetector.scoring("once", "1", 0.6);
    plant.start(plant.work().service(detector), CADENCE);
    Job job = plant.newJob(plant.work().store("sent again"));
    plant.queue().send(job);
    await().until(plant.queue()::isEmpty);
    JobReports first = plant.stored(job).getFirst();

    plant.queue().send(job);

    await().until(() -> !plant.stepFunctions().late().isEmpty() && plant.queue().isEmpty());
    assertThat(plant.stored(job)).containsExactly(first);
    assertThat(plant.stepFunctions().ended()).hasSize(1);
  }

  @Test
  void keepsALongJobFromOtherWorkersAndSignalsThatItLives() throws Exception {
    Gate gate = new Gate();
    TestDetector detector =
        new TestDetector(
            "long",
            "1",
            media -> {
              gate.pass();
              return TestDetector.scored("long", "1", 0.5);
            });
    WorkerConfig.Cadence brief =
        new WorkerConfig.Cadence(
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            Duration.ofMillis(250),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(20),
            Duration.ZERO);
    plant.start(plant.work().service(detector), brief);
    Job job = plant.newJob(plant.work().store("long"));
    plant.queue().send(job);
    gate.awaitArrivals(1);

    // The job takes longer than the three seconds for which a received message is hidden.
    await().until(() -> plant.stepFunctions().heartbeats(job.taskToken()) > 14);
    assertThat(plant.queue().receive()).isEmpty();
    gate.open();

    await().until(plant.queue()::isEmpty);
    assertThat(gate.waiting()).isZero();
    // A last heartbeat may be under way when the job ends.
    assertThat(plant.stepFunctions().late())
        .extracting(Call::operation)
        .doesNotContain("SendTaskSuccess");
    assertThat(plant.stepFunctions().ended()).hasSize(1);
  }

  @Test
  void doesNotBeginAJobNobodyWaitsFor() {
    TestDetector detector = TestDetector.scoring("idle", "1", 0.6);
    plant.start(plant.work().service(detector), CADENCE);
    Job job = plant.newJob(plant.work().store("nobody waits"));
    plant.stepFunctions().expire(job.taskToken());

    plant.queue().send(job);

    await().until(() -> !plant.stepFunctions().late().isEmpty() && plant.queue().isEmpty());
    assertThat(detector.runs()).isZero();
    assertThat(plant.stored(job)).isEmpty();
  }

  @Test
  void stopsAJobThatNobodyWaitsForAnyMore() throws Exception {
    Gate never = new Gate();
    TestDetector detector =
        new TestDetector(
            "stuck",
            "1",
            media -> {
              never.pass();
              return TestDetector.scored("stuck", "1", 0.5);
            });
    plant.start(plant.work().service(detector), CADENCE);
    Job job = plant.newJob(plant.work().store("stopped"));
    plant.queue().send(job);
    never.awaitArrivals(1);

    plant.stepFunctions().expire(job.taskToken());

    await().until(plant.queue()::isEmpty);
    await().until(() -> plant.work().leftovers().isEmpty());
    assertThat(plant.stored(job)).isEmpty();
    assertThat(plant.stepFunctions().ended()).isEmpty();
  }

  @Test
  void deletesAJobWhoseWaiterLeftJustBeforeItWasDone() {
    Job job = plant.newJob(plant.work().store("just too late"));
    TestDetector detector =
        new TestDetector(
            "late",
            "1",
            media -> {
              plant.stepFunctions().expire(job.taskToken());
              return TestDetector.scored("late", "1", 0.5);
            });
    plant.start(plant.work().service(detector), CADENCE);

    plant.queue().send(job);

    await().until(() -> !plant.stepFunctions().late().isEmpty() && plant.queue().isEmpty());
    assertThat(plant.stepFunctions().ended()).isEmpty();
  }

  @Test
  void leavesWhatIsNoJobToTheDeadLetterQueue() {
    plant.start(scoring(0.1), CADENCE);
    Job good = plant.newJob(plant.work().store("behind a poisoned message"));

    plant.queue().send("no JSON");
    plant.queue().send("{\"analysisId\": \"no token\"}");
    plant.queue().send(good);

    await().until(() -> plant.queue().deadLetters() == 2);
    await().until(plant.queue()::isEmpty);
    assertThat(plant.stored(good)).hasSize(1);
  }

  @Test
  void givesAJobBackWhenThisMachineIsAtFaultBecauseAnotherMayBeSound() {
    AtomicInteger tries = new AtomicInteger();
    plant.start(plant.work().service(brokenUntil(tries, 2)), CADENCE);
    Job job = plant.newJob(plant.work().store("a job for a sound machine"));

    plant.queue().send(job);

    await().until(plant.queue()::isEmpty);
    assertThat(tries).hasValue(2);
    assertThat(plant.stored(job).getFirst().reports())
        .extracting(DetectorReport::score)
        .containsExactly(0.5);
  }

  @Test
  void handsInWhatThereIsWhenNoMachineIsSound() {
    AtomicInteger tries = new AtomicInteger();
    plant.start(plant.work().service(brokenUntil(tries, 100)), CADENCE);
    Job job = plant.newJob(plant.work().store("a job for no machine"));

    plant.queue().send(job);

    await().until(plant.queue()::isEmpty);
    assertThat(tries).hasValue(3);
    assertThat(plant.stored(job).getFirst().reports())
        .extracting(DetectorReport::reason)
        .containsExactly(Reason.ENVIRONMENT);
    assertThat(plant.queue().deadLetters()).isZero();
  }

  private static TestDetector brokenUntil(AtomicInteger tries, int sound) {
    return new TestDetector(
        "native",
        "1",
        media -> {
          if (tries.incrementAndGet() < sound) {
            throw new UnsatisfiedLinkError("GLIBC_2.35 not found");
          }
          return TestDetector.scored("native", "1", 0.5);
        });
  }

  @Test
  void tellsTheWorkflowOfAMessageThatIsNoJobButHasAToken() {
    plant.start(scoring(0.1), CADENCE);
    plant.stepFunctions().open("a-token");

    plant.queue().send("{\"taskToken\": \"a-token\", \"media\": 7}");

    await().until(plant.queue()::isEmpty);
    Call call = plant.stepFunctions().ended().getFirst();
    assertThat(call.operation()).isEqualTo("SendTaskFailure");
    assertThat(call.body().path("error").asText()).isEqualTo(JobFailedException.JOB_INVALID);
    assertThat(plant.queue().deadLetters()).isZero();
  }

  @Test
  void tellsTheWorkflowOfAJobThatCannotBeDone() {
    plant.start(scoring(0.1), CADENCE);
    String sha256 = "2".repeat(64);
    S3Location nowhere = new S3Location(plant.work().objects().bucket(), "media/" + sha256);

    plant.queue().send(plant.newJob(plant.work().item(sha256, 1, nowhere)));

    await().until(plant.queue()::isEmpty);
    Call call = plant.stepFunctions().ended().getFirst();
    assertThat(call.operation()).isEqualTo("SendTaskFailure");
    assertThat(call.body().path("error").asText()).isEqualTo(JobFailedException.MEDIA_MISSING);
    assertThat(call.body().path("cause").asText()).doesNotContain(folder.toString());
  }

  @Test
  void worksOnSeveralJobsAtOnce() throws Exception {
    Gate gate = new Gate();
    TestDetector detector =
        new TestDetector(
            "gated",
            "1",
            media -> {
              gate.pass();
              return TestDetector.scored("gated", "1", 0.5);
            });
    plant.start(plant.work().service(detector), CADENCE);
    List<Job> jobs =
        IntStream.range(0, 6)
            .mapToObj(i -> plant.newJob(plant.work().store("one of several " + i)))
            .toList();
    jobs.forEach(plant.queue()::send);

    gate.awaitArrivals(4);
    assertThat(plant.queue().hidden()).isEqualTo(4);
    gate.open();

    await().until(plant.queue()::isEmpty);
    assertThat(jobs).allSatisfy(job -> assertThat(plant.stored(job)).hasSize(1));
    assertThat(plant.stepFunctions().ended()).hasSize(6);
  }

  @Test
  void closesThoughItWasNeverStarted(Servers servers) {
    try (Queue unused = new Queue(servers, Duration.ofSeconds(30));
        SqsClient sqs = Queue.client(servers.sqs().endpoint());
        SfnClient sfn = plant.newStepFunctionsClient()) {
      QueueWorker worker =
          new QueueWorker(
              sqs,
              sfn,
              scoring(0.1),
              plant.work().analyses(),
              new WorkerConfig(unused.url(), 1, CADENCE));
      worker.close();
      assertThat(worker.isReceiving()).isFalse();
    }
  }
}
