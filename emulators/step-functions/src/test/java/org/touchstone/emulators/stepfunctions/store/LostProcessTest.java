package org.touchstone.emulators.stepfunctions.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.emulators.stepfunctions.testing.Crash;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Processes that end, by a kill or in good order, while a step is at work. */
class LostProcessTest {
  private static final String STEP =
      """
      "Before":{"Type":"Pass","Next":"Step"},
      "Step":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
        "Arguments":{"FunctionName":"step"},"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Caught"}],
        "Next":"Caught"},
      "Caught":{"Type":"Succeed"}
      """;

  @TempDir private Path temporary;
  private final Semaphore begun = new Semaphore(0);
  private final List<TestServer> servers = new ArrayList<>();
  private boolean answers;

  private TestServer.Reply step() throws InterruptedException {
    begun.release();
    if (!answers) {
      new CountDownLatch(1).await();
    }
    return new TestServer.Answer("{}");
  }

  private TestServer start(String folder) {
    TestServer server =
        TestServer.start(
            builder -> builder.dataDirectory(temporary.resolve(folder)),
            Map.of("step", payload -> step()));
    servers.add(server);
    return server;
  }

  private void awaitStep() throws InterruptedException {
    assertThat(begun.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
  }

  @AfterEach
  void close() {
    servers.forEach(TestServer::close);
  }

  @Test
  void stepThatEndedThreeProcessesIsNotTriedAgain() throws Exception {
    TestServer server = start("0");
    String execution = server.startExecution(server.machine("Before", STEP), "{}");
    awaitStep();
    for (int crash = 1; crash <= 2; crash++) {
      Crash.copy(temporary.resolve("" + (crash - 1)), temporary.resolve("" + crash));
      start("" + crash);
      awaitStep();
    }
    Crash.copy(temporary.resolve("2"), temporary.resolve("3"));
    DescribeExecutionResponse ended = start("3").await(execution);

    assertThat(ended.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(ended.error()).isEqualTo("ProcessLost");
    assertThat(ended.cause()).contains("3 times", "'Step'");
    assertThat(begun.availablePermits()).isZero();
  }

  @Test
  void closedEnginesAndEarlierStatesDoNotCount() throws Exception {
    TestServer server = start("0");
    String execution = server.startExecution(server.machine("Before", STEP), "{}");
    awaitStep();
    for (int stop = 1; stop <= 5; stop++) {
      servers.removeLast().close();
      start("0");
      awaitStep();
    }
    for (int crash = 1; crash <= 2; crash++) {
      Crash.copy(temporary.resolve("" + (crash - 1)), temporary.resolve("" + crash));
      answers = crash == 2;
      server = start("" + crash);
      awaitStep();
    }
    assertThat(server.await(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void closingDoesNotWaitForStepsThatDoNotStop() throws Exception {
    TestServer server = start("0");
    String execution = server.startExecution(server.machine("Before", STEP), "{}");
    awaitStep();
    AtomicBoolean released = new AtomicBoolean();
    List<Thread> busy = new ArrayList<>();
    try {
      // All carriers of virtual threads are taken, as by a step that computes without end.
      for (int i = 0; i < 4 * Runtime.getRuntime().availableProcessors(); i++) {
        busy.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (!released.get()) {
                        Thread.onSpinWait();
                      }
                    }));
      }
      Thread closing = Thread.ofPlatform().start(servers.removeLast()::close);
      assertThat(closing.join(Duration.ofMinutes(2))).isTrue();
    } finally {
      released.set(true);
    }
    for (Thread thread : busy) {
      thread.join();
    }
    answers = true;
    assertThat(start("0").await(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void anExecutionThatDoesNotStopDelaysNoOthersRecord() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    TestServer server =
        TestServer.start(
            builder ->
                builder
                    .dataDirectory(temporary.resolve("0"))
                    .random(
                        () -> {
                          hangs.countDown();
                          while (released.getCount() > 0) {
                            LockSupport.parkNanos(1_000_000);
                          }
                          return 0;
                        }),
            Map.of(
                "step", payload -> step(),
                "failing", payload -> new TestServer.Failure("Any", "")));
    servers.add(server);
    String others = server.machine("Before", STEP);
    String hanging =
        server.machine(
            "Step",
            """
            "Step":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Arguments":{"FunctionName":"failing"},"End":true,
              "Retry":[{"ErrorEquals":["States.ALL"],"JitterStrategy":"FULL"}]}
            """);
    for (int i = 0; i < 6; i++) {
      server.startExecution(others, "{}");
      awaitStep();
      if (i == 2) {
        server.startExecution(hanging, "{}");
        assertThat(hangs.await(1, TimeUnit.MINUTES)).isTrue();
      }
    }

    servers.removeLast().close();
    long suspended = suspended();
    released.countDown();

    assertThat(suspended).isEqualTo(6);
  }

  /** How many journals end with the record of an engine that left in good order. */
  private long suspended() throws IOException {
    try (Stream<Path> files = Files.walk(temporary.resolve("0"))) {
      long count = 0;
      for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
        count +=
            Files.readString(file).stripTrailing().endsWith("{\"kind\":\"suspended\"}") ? 1 : 0;
      }
      return count;
    }
  }
}
