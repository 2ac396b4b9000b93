package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.DetectorReport;
import org.touchstone.domain.EnvironmentFault;
import org.touchstone.domain.Job;
import org.touchstone.domain.Reason;
import org.touchstone.worker.support.Gate;
import org.touchstone.worker.support.LoopbackStepFunctions.Call;
import org.touchstone.worker.support.Plant;
import org.touchstone.worker.support.Queue;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.TestDetector;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Messages that another party receives and deletes. */
@ExtendWith(Servers.Extension.class)
class BatchWorkerTest {
  private static final Duration PLENTY = Duration.ofMinutes(15);
  private static final Duration PER_JOB = Duration.ofMinutes(1);

  private static final WorkerConfig.Cadence CADENCE =
      new WorkerConfig.Cadence(
          Duration.ZERO,
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofMinutes(1),
          Duration.ZERO);

  @TempDir Path folder;

  private Plant plant;
  private SqsClient sqs;
  private SfnClient stepFunctions;

  @BeforeEach
  void setUp(Servers servers) {
    plant = new Plant(servers, folder);
    sqs = Queue.client(plant.wayToSqs().endpoint());
    stepFunctions = plant.newStepFunctionsClient();
  }

  @AfterEach
  void tearDown() {
    sqs.close();
    stepFunctions.close();
    plant.close();
  }

  private BatchWorker worker(BatchWorker.Services services, BatchWorker.Reserve reserve) {
    return new BatchWorker(
        sqs,
        stepFunctions,
        services,
        PER_JOB,
        WorkerMetrics.unobserved(),
        plant.work().analyses(),
        new WorkerConfig(plant.queue().url(), 1, CADENCE),
        reserve);
  }

  private BatchWorker worker(TestDetector detector) {
    DetectionService service = plant.work().service(detector);
    return worker(
        any -> service,
        new BatchWorker.Reserve(Duration.ZERO, Duration.ofSeconds(5), Duration.ofSeconds(5)));
  }

  private Job sent(String content) {
    Job job = plant.newJob(plant.work().store(content));
    plant.queue().send(job);
    return job;
  }

  private Message received() {
    List<Message> messages = plant.queue().receive();
    assertThat(messages).hasSize(1);
    return messages.getFirst();
  }

  @Test
  void aDoneMessageIsLeftToItsReceiver() {
    Job job = sent("done");
    Message message = received();

    Set<String> kept =
        worker(TestDetector.scoring("steady", "1", 0.6)).work(List.of(message), PLENTY);

    assertThat(kept).isEmpty();
    assertThat(plant.stored(job)).hasSize(1);
    assertThat(plant.stepFunctions().ended())
        .extracting(Call::operation)
        .containsExactly("SendTaskSuccess");
    assertThat(plant.queue().hidden()).isOne();
  }

  @Test
  void oneFailingMessageOfSeveralIsKeptAndVisibleAgain() {
    Job good = sent("good");
    Message first = received();
    plant.queue().send("no JSON");
    Message second = received();

    Set<String> kept =
        worker(TestDetector.scoring("steady", "1", 0.6)).work(List.of(second, first), PLENTY);

    assertThat(kept).containsExactly(second.messageId());
    assertThat(plant.stored(good)).hasSize(1);
    assertThat(received().messageId()).isEqualTo(second.messageId());
  }

  @Test
  void aMessageForWhichTooLittleTimeIsLeftIsVisibleAgainAtOnce() {
    TestDetector detector = TestDetector.scoring("steady", "1", 0.6);
    Job job = sent("no time");
    Message message = received();

    Set<String> kept = worker(detector).work(List.of(message), Duration.ofSeconds(9));

    assertThat(kept).containsExactly(message.messageId());
    assertThat(detector.runs()).isZero();
    assertThat(plant.stored(job)).isEmpty();
    assertThat(received().attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
  }

  @Test
  void onlyTheFirstMessageIsBegunWithLessTimeThanAJobMayTake() {
    TestDetector detector = TestDetector.scoring("steady", "1", 0.6);
    sent("fresh");
    Message fresh = received();
    Job old = sent("received before");
    Message once = received();
    sqs.changeMessageVisibility(
        r ->
            r.queueUrl(plant.queue().url())
                .receiptHandle(once.receiptHandle())
                .visibilityTimeout(0));
    Message again = received();

    Set<String> kept = worker(detector).work(List.of(fresh, again), PER_JOB);

    assertThat(kept).containsExactly(fresh.messageId());
    assertThat(plant.stored(old)).hasSize(1);
    assertThat(detector.runs()).isOne();
  }

  @Test
  void detectorsThatRunOutOfTimeAreReportedBeforeItEnds() {
    Gate never = new Gate();
    TestDetector detector =
        new TestDetector(
            "endless",
            "1",
            media -> {
              never.pass();
              throw new IllegalStateException("the gate never opens");
            });
    Job job = sent("endless");

    Set<String> kept = worker(detector).work(List.of(received()), Duration.ofSeconds(11));

    assertThat(kept).isEmpty();
    assertThat(plant.stored(job).getFirst().reports())
        .extracting(DetectorReport::reason)
        .containsExactly(Reason.TIMEOUT);
  }

  @Test
  void aJobThatCannotBeHandedInIsGivenBackBeforeTheTimeIsOver() {
    Job job = sent("cannot be handed in");
    Message message = received();
    plant.wayToStepFunctions().cut();
    BatchWorker worker =
        worker(
            any -> plant.work().service(TestDetector.scoring("steady", "1", 0.6)),
            new BatchWorker.Reserve(Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(1)));

    Set<String> kept = worker.work(List.of(message), Duration.ofSeconds(2));
    plant.wayToStepFunctions().mend();

    assertThat(kept).containsExactly(message.messageId());
    assertThat(worker.isSound()).isTrue();
    assertThat(plant.stored(job)).isEmpty();
    Message next = received();
    assertThat(worker.work(List.of(next), PLENTY)).isEmpty();
    assertThat(plant.stored(job)).hasSize(1);
  }

  @Test
  void afterAJobThatCannotBeStoppedNoOtherIsBegun() throws Exception {
    sent("cannot be stopped");
    Message endless = received();
    sent("next");
    Message next = received();
    CountDownLatch release = new CountDownLatch(1);
    BatchWorker worker =
        worker(
            any -> {
              awaitIn(release);
              throw new EnvironmentFault(EnvironmentFault.Kind.MODELS, null);
            },
            new BatchWorker.Reserve(Duration.ZERO, Duration.ofMillis(1), Duration.ofSeconds(1)));

    assertThat(worker.work(List.of(endless), Duration.ofSeconds(2)))
        .containsExactly(endless.messageId());
    assertThat(worker.isSound()).isFalse();
    assertThat(worker.work(List.of(next), PLENTY)).containsExactly(next.messageId());

    release.countDown();
    await().until(worker::isSound);
  }

  /** Waits like native code, which heeds no interrupt. */
  private static void awaitIn(CountDownLatch release) {
    while (release.getCount() > 0) {
      try {
        release.await();
      } catch (InterruptedException e) {
        // Native code would not notice.
      }
    }
  }

  @Test
  void whatDoesNotComeUpIsTriedAgainAndReportedAtTheLastReceive() {
    AtomicInteger tries = new AtomicInteger();
    BatchWorker worker =
        worker(
            any -> {
              tries.incrementAndGet();
              throw new EnvironmentFault(
                  EnvironmentFault.Kind.MODELS, new IOException("a path or a secret"));
            },
            new BatchWorker.Reserve(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5)));
    sent("no models");

    Message first = received();
    assertThat(worker.work(List.of(first), PLENTY)).containsExactly(first.messageId());
    assertThat(worker.work(List.of(received()), PLENTY)).containsExactly(first.messageId());
    assertThat(plant.stepFunctions().ended()).isEmpty();
    assertThat(worker.work(List.of(received()), PLENTY)).isEmpty();

    assertThat(tries).hasValue(3);
    Call call = plant.stepFunctions().ended().getFirst();
    assertThat(call.operation()).isEqualTo("SendTaskFailure");
    assertThat(call.body().path("error").asText()).isEqualTo(JobFailedException.ENVIRONMENT_FAULT);
    assertThat(call.body().path("cause").asText())
        .isEqualTo(EnvironmentFault.Kind.MODELS.sentence());
  }
}
