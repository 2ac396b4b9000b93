package org.touchstone.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.domain.Job;
import org.touchstone.worker.support.DoomedProcess;
import org.touchstone.worker.support.Gate;
import org.touchstone.worker.support.LoopbackStepFunctions.Call;
import org.touchstone.worker.support.NetworkPath;
import org.touchstone.worker.support.Plant;
import org.touchstone.worker.support.Servers;
import org.touchstone.worker.support.TestDetector;
import org.touchstone.worker.support.Workplace;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Workers die, drain and lose touch with AWS: no job is lost, and each ends once. */
@ExtendWith(Servers.Extension.class)
class QueueWorkerFaultsTest {
  private static final WorkerConfig.Cadence PATIENT =
      cadence(Duration.ofSeconds(30), Duration.ZERO);
  private static final WorkerConfig.Cadence IMPATIENT = cadence(Duration.ZERO, Duration.ZERO);
  private static final WorkerConfig.Cadence GRACEFUL =
      cadence(Duration.ofSeconds(30), Duration.ofSeconds(30));

  private static WorkerConfig.Cadence cadence(Duration patience, Duration grace) {
    return new WorkerConfig.Cadence(
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        patience,
        grace);
  }

  @TempDir Path folder;

  private Plant plant;

  @BeforeEach
  void setUp(Servers servers) {
    plant = new Plant(servers, folder);
  }

  @AfterEach
  void tearDown() {
    plant.close();
    Awaitility.reset();
  }

  /** Waits at the gate on its first call only. */
  private static TestDetector stuckOnce(Gate gate) {
    AtomicBoolean first = new AtomicBoolean(true);
    return new TestDetector(
        "stuck-once",
        "1",
        media -> {
          if (first.getAndSet(false)) {
            gate.pass();
          }
          return TestDetector.scored("stuck-once", "1", 0.7);
        });
  }

  private void assertDoneOnce(Job job) {
    await().until(plant.queue()::isEmpty);
    assertThat(plant.stored(job)).hasSize(1);
    assertThat(plant.stored(job).getFirst().reports())
        .extracting(report -> report.score())
        .containsExactly(0.7);
    assertThat(plant.stepFunctions().ended())
        .extracting(Call::operation)
        .containsExactly("SendTaskSuccess");
    assertThat(plant.queue().deadLetters()).isZero();
    await().until(() -> plant.work().leftovers().isEmpty());
  }

  @Test
  void doesAJobAgainWhoseThreadWasInterrupted() throws Exception {
    Gate gate = new Gate();
    plant.start(plant.work().service(stuckOnce(gate)), PATIENT);
    Job job = plant.newJob(plant.work().store("interrupted"));
    plant.queue().send(job);
    gate.awaitArrivals(1);

    jobThreads().forEach(Thread::interrupt);

    assertDoneOnce(job);
  }

  @Test
  void doesAJobAgainWhoseThreadDiedOfAnError() {
    AtomicBoolean first = new AtomicBoolean(true);
    DetectionService dying =
        plant
            .work()
            .service(
                Workplace.LIMITS,
                () -> {
                  if (first.getAndSet(false)) {
                    throw new StackOverflowError("a worker dies");
                  }
                  return Clock.systemUTC().instant();
                },
                TestDetector.scoring("steady", "1", 0.7));
    // Awaitility would mistake the worker's death for a failure of the test.
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
    plant.start(dying, PATIENT);
    Job job = plant.newJob(plant.work().store("died"));

    plant.queue().send(job);

    assertDoneOnce(job);
    assertThat(first).isFalse();
  }

  @Test
  void doesAJobAgainWhoseProcessWasKilled(Servers servers, @TempDir Path othersFolder)
      throws Exception {
    Job job = plant.newJob(plant.work().store("killed"));
    plant.queue().send(job);
    try (DoomedProcess doomed = DoomedProcess.start(servers, plant, othersFolder)) {
      doomed.awaitStuck();
      plant.start(plant.work().service(TestDetector.scoring("steady", "1", 0.7)), PATIENT);
      assertThat(plant.stored(job)).isEmpty();
    }

    assertDoneOnce(job);
  }

  @Test
  void drainGivesAJobBackAtOnceAndAnotherWorkerDoesIt() throws Exception {
    Gate gate = new Gate();
    TestDetector detector = stuckOnce(gate);
    QueueWorker first = plant.start(plant.work().service(detector), PATIENT);
    Job job = plant.newJob(plant.work().store("given back"));
    plant.queue().send(job);
    gate.awaitArrivals(1);

    first.close();

    assertThat(plant.queue().hidden()).isZero();
    assertThat(plant.stored(job)).isEmpty();
    assertThat(first.isReceiving()).isFalse();
    plant.start(plant.work().service(detector), PATIENT);
    assertDoneOnce(job);
  }

  @Test
  void drainLetsAJobFinishWithinItsGrace() throws Exception {
    Gate gate = new Gate();
    QueueWorker worker = plant.start(plant.work().service(stuckOnce(gate)), GRACEFUL);
    Job job = plant.newJob(plant.work().store("finished in time"));
    plant.queue().send(job);
    gate.awaitArrivals(1);
    Job next = plant.newJob(plant.work().store("comes too late"));

    worker.stopReceiving();
    Thread closing = Thread.ofPlatform().start(worker::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    gate.open();
    closing.join();

    assertThat(plant.queue().isEmpty()).isTrue();
    assertDoneOnce(job);
    plant.queue().send(next);
    assertThat(plant.queue().receive()).hasSize(1);
  }

  @Test
  void ridesOutALossOfTheStoreWithTheJobInHand() throws Exception {
    ridesOut(plant.wayToS3());
  }

  @Test
  void ridesOutALossOfTheWorkflowWithTheJobInHand() throws Exception {
    ridesOut(plant.wayToStepFunctions());
  }

  private void ridesOut(NetworkPath way) throws Exception {
    Gate gate = new Gate();
    plant.start(plant.work().service(stuckOnce(gate)), PATIENT);
    Job job = plant.newJob(plant.work().store("ridden out"));
    plant.queue().send(job);
    gate.awaitArrivals(1);
    way.cut();
    gate.open();
    int before = way.refused();
    await().until(() -> way.refused() > before + 2);
    assertThat(plant.queue().hidden()).isOne();

    way.mend();

    assertDoneOnce(job);
  }

  @Test
  void ridesOutThrottling() {
    plant.start(plant.work().service(TestDetector.scoring("steady", "1", 0.7)), PATIENT);
    Job job = plant.newJob(plant.work().store("throttled"));
    plant.stepFunctions().throttle(3);

    plant.queue().send(job);

    assertDoneOnce(job);
    assertThat(plant.stepFunctions().throttledLeft()).isZero();
  }

  @Test
  void givesAJobBackForLaterWhenPatienceEnds() throws Exception {
    Gate gate = new Gate();
    plant.start(plant.work().service(stuckOnce(gate)), IMPATIENT);
    Job job = plant.newJob(plant.work().store("given back after a fault"));
    plant.queue().send(job);
    gate.awaitArrivals(1);

    plant.wayToS3().cut();
    gate.open();
    await().until(() -> jobThreads().isEmpty());
    plant.wayToS3().mend();

    assertDoneOnce(job);
  }

  @Test
  void goesOnReceivingAfterALossOfTheQueue() {
    plant.start(plant.work().service(TestDetector.scoring("steady", "1", 0.7)), PATIENT);
    plant.wayToSqs().cut();
    await().until(() -> plant.wayToSqs().refused() > 0);
    Job job = plant.newJob(plant.work().store("sent meanwhile"));
    plant.queue().send(job);

    plant.wayToSqs().mend();

    assertDoneOnce(job);
  }

  @Test
  void aDrainDuringAFaultGivesTheJobBackAtOnce() throws Exception {
    Gate gate = new Gate();
    QueueWorker worker = plant.start(plant.work().service(stuckOnce(gate)), GRACEFUL);
    Job job = plant.newJob(plant.work().store("drained during a fault"));
    plant.queue().send(job);
    gate.awaitArrivals(1);
    plant.wayToS3().cut();
    gate.open();
    int before = plant.wayToS3().refused();
    await().until(() -> plant.wayToS3().refused() > before);

    worker.close();
    plant.wayToS3().mend();

    List<Message> messages = plant.queue().receive();
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
  }

  private static List<Thread> jobThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("job-"))
        .toList();
  }
}
