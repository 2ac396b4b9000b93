package org.touchstone.emulators.stepfunctions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.touchstone.emulators.stepfunctions.StateMachineEngine;
import org.touchstone.emulators.stepfunctions.integration.LambdaFunctions;
import org.touchstone.emulators.stepfunctions.testing.Crash;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** A second engine opens the directory of a first, killed one. */
class RestartTest {
  @TempDir private Path temporary;
  private Path before;
  private Path after;
  private final ManualTime time = new ManualTime();
  private final CountDownLatch reached = new CountDownLatch(1);
  private TestServer first;
  private TestServer second;

  @BeforeEach
  void start() {
    before = temporary.resolve("before");
    after = temporary.resolve("after");
    first =
        TestServer.start(builder -> builder.dataDirectory(before).timekeeper(time))
            .function("echo", TestServer.Answer::new)
            .function("hang", p -> hang());
  }

  private TestServer.Reply hang() throws InterruptedException {
    reached.countDown();
    new CountDownLatch(1).await();
    throw new AssertionError("not reached");
  }

  @AfterEach
  void close() {
    if (second != null) {
      second.close();
    }
    first.close();
  }

  private void crash() {
    Crash.copy(before, after);
    second =
        TestServer.start(
            builder -> builder.dataDirectory(after).timekeeper(time),
            Map.of(
                "echo",
                TestServer.Answer::new,
                "hang",
                p -> new TestServer.Answer("{\"after\":\"restart\"}")));
  }

  @Test
  void anExecutionGoesOnFromTheStateItWasInWithItsInputAndVariables() throws Exception {
    String execution =
        first.startExecution(
            first.machine(
                "A",
                """
                "A":{"Type":"Pass","Assign":{"x":1,"kept":"{% $states.input.k %}"},"Next":"B"},
                "B":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"echo","Payload":{"b":true}},"Assign":{"x":2},
                  "Output":"{% $states.result.Payload %}","Next":"C"},
                "C":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"hang","Payload":"{% $states.input %}"},
                  "Output":{"r":"{% $states.result.Payload %}","i":"{% $states.input %}",
                            "x":"{% $x %}","kept":"{% $kept %}"},"End":true}
                """),
            "{\"k\":[null,\"v\"]}");
    reached.await(20, TimeUnit.SECONDS);

    crash();

    DescribeExecutionResponse ended = second.await(execution);
    assertThat(ended.output())
        .isEqualTo(
            "{\"r\":{\"after\":\"restart\"},\"i\":{\"b\":true},\"x\":2,\"kept\":[null,\"v\"]}");
    assertThat(ended.redriveCount()).isEqualTo(1);
    List<HistoryEvent> history = second.history(execution);
    assertThat(history)
        .extracting(HistoryEvent::typeAsString)
        .containsSubsequence(
            "TaskStateEntered",
            "TaskScheduled",
            "ExecutionRedriven",
            "TaskScheduled",
            "TaskStateExited",
            "ExecutionSucceeded");
    assertThat(history).extracting(HistoryEvent::id).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aMapAndItsTasksAreDoneAgain() throws Exception {
    String execution =
        first.startExecution(
            first.machine(
                "M",
                """
                "M":{"Type":"Map","Items":[1,2],"MaxConcurrency":1,"ItemProcessor":{"StartAt":"P","States":{
                  "P":{"Type":"Pass","Assign":{"inner":"{% $states.input %}"},"Next":"T"},
                  "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                    "Arguments":{"FunctionName":"hang"},"Output":"{% $inner %}","End":true}}},"End":true}
                """),
            "{}");
    reached.await(20, TimeUnit.SECONDS);

    crash();

    assertThat(second.await(execution).output()).isEqualTo("[1,2]");
  }

  @Test
  void aWaitEndsWhenItWouldHaveEnded() {
    String execution =
        first.startExecution(
            first.machine("W", "\"W\":{\"Type\":\"Wait\",\"Seconds\":1000,\"End\":true}"), "{}");
    time.awaitAlarm(Duration.ofSeconds(1000)).advance(Duration.ofSeconds(400));

    crash();

    time.awaitAlarm(Duration.ofSeconds(600)).advance(Duration.ofSeconds(600));
    assertThat(second.await(execution).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
  }

  @Test
  void usedRetriesStayUsed() {
    AtomicInteger calls = new AtomicInteger();
    first.function("fail", p -> new TestServer.Failure("E", null));
    String execution =
        first.startExecution(
            first.machine(
                "T",
                """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"fail"},
                  "Retry":[{"ErrorEquals":["E"],"IntervalSeconds":10,"BackoffRate":2,"MaxAttempts":3}],
                  "End":true}
                """),
            "{}");
    time.awaitAlarm(Duration.ofSeconds(10)).advance(Duration.ofSeconds(10));
    time.awaitAlarm(Duration.ofSeconds(20));

    ManualTime later = new ManualTime();
    Crash.copy(before, after);
    second =
        TestServer.start(
            builder ->
                builder
                    .dataDirectory(after)
                    .timekeeper(later)
                    .lambdaFunctions(
                        (name, payload) -> {
                          calls.incrementAndGet();
                          return new LambdaFunctions.Result.FunctionError("E", null);
                        }));
    later.awaitAlarm(Duration.ofSeconds(40)).advance(Duration.ofSeconds(40));

    assertThat(second.await(execution).error()).isEqualTo("E");
    assertThat(calls).hasValue(2);
  }

  @Test
  void theTimeLimitOfAnExecutionGoesOnCounting() {
    String execution =
        first.startExecution(
            first.machine(
                "{\"QueryLanguage\":\"JSONata\",\"TimeoutSeconds\":100,\"StartAt\":\"W\",\"States\":{"
                    + "\"W\":{\"Type\":\"Wait\",\"Seconds\":5000,\"End\":true}}}"),
            "{}");
    time.awaitAlarm(Duration.ofSeconds(5000)).advance(Duration.ofSeconds(60));

    crash();

    // Of the process that crashed, whose clock goes on here, and of the new one.
    time.awaitAlarms(Duration.ofSeconds(40), 2).advance(Duration.ofSeconds(40));
    assertThat(second.await(execution).status()).isEqualTo(ExecutionStatus.TIMED_OUT);
  }

  @Test
  void aRunningExecutionKeepsTheDefinitionItBeganWith() throws Exception {
    String machine =
        first.machine(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Arguments":{"FunctionName":"hang"},"Next":"Old"},
            "Old":{"Type":"Succeed","Output":"old"}
            """);
    String execution = first.startExecution(machine, "{}");
    reached.await(20, TimeUnit.SECONDS);
    String changed =
        TestServer.definition("New", "\"New\":{\"Type\":\"Succeed\",\"Output\":\"new\"}");
    first.sfn().updateStateMachine(r -> r.stateMachineArn(machine).definition(changed));

    crash();

    assertThat(second.await(execution).output()).isEqualTo("\"old\"");
    assertThat(second.await(second.startExecution(machine, "{}")).output()).isEqualTo("\"new\"");
  }

  @Test
  void anExecutionThatCannotGoOnFailsWithTheReason() throws Exception {
    String execution =
        first.startExecution(
            first.machine(
                "T",
                """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"hang"},"End":true}
                """),
            "{}");
    reached.await(20, TimeUnit.SECONDS);
    Crash.copy(before, after);

    try (StateMachineEngine withoutFunctions =
        StateMachineEngine.builder().dataDirectory(after).open()) {
      var ended = withoutFunctions.executions().describe(execution);
      assertThat(ended.status())
          .isEqualTo(org.touchstone.emulators.stepfunctions.api.ExecutionStatus.FAILED);
      assertThat(ended.error()).isEqualTo("States.Runtime");
      assertThat(ended.cause()).contains("can no longer be run");
    }
  }

  @Test
  void tokensOfBeforeHaveTimedOut() throws Exception {
    String execution =
        first.startExecution(
            first.machine(
                "T",
                """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
                  "Arguments":{"FunctionName":"echo",
                               "Payload":{"token":"{% $states.context.Task.Token %}"}},"End":true}
                """),
            "{}");
    String token = submittedToken(first, execution);

    crash();

    assertThatThrownBy(() -> second.sfn().sendTaskSuccess(r -> r.taskToken(token).output("1")))
        .isInstanceOf(TaskTimedOutException.class);
    String fresh = submittedToken(second, execution);
    second.sfn().sendTaskSuccess(r -> r.taskToken(fresh).output("2"));
    assertThat(second.await(execution).output()).isEqualTo("2");
  }

  /** Waits until the execution's last event is a submitted task; returns its token. */
  private static String submittedToken(TestServer server, String execution) {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < patience) {
      HistoryEvent last = server.history(execution).getLast();
      if (last.taskSubmittedEventDetails() != null) {
        String output = last.taskSubmittedEventDetails().output();
        return output.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
      }
    }
    throw new AssertionError("no task was submitted");
  }

  @Test
  void aClosedEngineLeavesItsExecutionsToTheNext() throws Exception {
    String execution =
        first.startExecution(
            first.machine(
                "T",
                """
                "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
                  "Arguments":{"FunctionName":"hang"},"Output":1,"End":true}
                """),
            "{}");
    reached.await(20, TimeUnit.SECONDS);
    first.close();

    crash();

    assertThat(second.await(execution).output()).isEqualTo("1");
  }
}
