package org.touchstone.emulators.stepfunctions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.touchstone.emulators.stepfunctions.StateMachineEngine;
import org.touchstone.emulators.stepfunctions.testing.Crash;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** The data of ended executions that a directory keeps, and for how long. */
class KeptStateTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path temporary;
  private Path before;
  private Path after;
  private final ManualTime time = new ManualTime();
  private TestServer first;
  private TestServer second;

  @BeforeEach
  void start() {
    before = temporary.resolve("before");
    after = temporary.resolve("after");
    first = TestServer.start(builder -> builder.dataDirectory(before).timekeeper(time));
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
    second = TestServer.start(builder -> builder.dataDirectory(after).timekeeper(time));
  }

  @Test
  void endedExecutionsAndMachinesAreStillThere() {
    String machine =
        first.machine("A", "\"A\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"c\"}");
    String failed = first.startExecution(machine, "{\"n\":1}");
    DescribeExecutionResponse told = first.await(failed);
    List<HistoryEvent> history = first.history(failed);
    String name = told.name();

    crash();

    DescribeExecutionResponse again = second.sfn().describeExecution(r -> r.executionArn(failed));
    assertThat(again.toString()).isEqualTo(told.toString());
    assertThat(second.history(failed)).isEqualTo(history);
    assertThat(second.sfn().describeStateMachine(r -> r.stateMachineArn(machine)).definition())
        .isEqualTo(first.sfn().describeStateMachine(r -> r.stateMachineArn(machine)).definition());
    assertThat(second.sfn().listExecutions(r -> r.stateMachineArn(machine)).executions())
        .hasSize(1);
    assertThatThrownBy(
            () -> second.sfn().startExecution(r -> r.stateMachineArn(machine).name(name)))
        .isInstanceOf(ExecutionAlreadyExistsException.class);
  }

  @Test
  void theListenerIsToldAgainOfWhatItDidNotTakeInTime() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    Path other = temporary.resolve("listened");
    try (TestServer failing =
        TestServer.start(
            builder -> builder.dataDirectory(other).timekeeper(time),
            change -> {
              if (change.status()
                  != org.touchstone.emulators.stepfunctions.api.ExecutionStatus.RUNNING) {
                refused.countDown();
                throw new IllegalStateException("not now");
              }
            })) {
      String execution =
          failing.startExecution(
              failing.machine("A", "\"A\":{\"Type\":\"Succeed\",\"Output\":7}"), "{}");
      refused.await(20, TimeUnit.SECONDS);
      Crash.copy(other, after);

      second = TestServer.start(builder -> builder.dataDirectory(after).timekeeper(time));
      second.await(execution);
      assertThat(second.changes())
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.executionArn()).isEqualTo(execution);
                assertThat(change.output()).isEqualTo("7");
              });
    }
  }

  @Test
  void forcingEverythingToTheDiskChangesNothingElse() {
    Path forced = temporary.resolve("forced");
    String states = "\"A\":{\"Type\":\"Succeed\",\"Output\":\"{% $states.input.n %}\"}";
    String execution;
    try (TestServer server =
        TestServer.start(builder -> builder.dataDirectory(forced).durability(Durability.POWER))) {
      execution = server.run("A", states, "{\"n\":5}").executionArn();
    }
    try (TestServer again =
        TestServer.start(builder -> builder.dataDirectory(forced).durability(Durability.POWER))) {
      assertThat(again.sfn().describeExecution(r -> r.executionArn(execution)).output())
          .isEqualTo("5");
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void aDirectoryServesOneEngineAtATime(Durability durability) {
    Path shared = temporary.resolve("shared");
    try (StateMachineEngine holder =
        StateMachineEngine.builder().dataDirectory(shared).durability(durability).open()) {
      assertThat(holder.machines().list(1, null).items()).isEmpty();
      assertThatThrownBy(() -> StateMachineEngine.builder().dataDirectory(shared).open())
          .isInstanceOf(UncheckedIOException.class)
          .hasRootCauseMessage("the data directory is in use by another engine");
    }
    StateMachineEngine.builder().dataDirectory(shared).open().close();
  }

  @Test
  void endedExecutionsAreForgottenAfterTheirRetention() {
    String machine = first.machine("A", "\"A\":{\"Type\":\"Succeed\"}");
    String old = first.await(first.startExecution(machine, "{}")).executionArn();
    time.awaitAlarm(HOUR).advance(Duration.ofDays(80));
    time.awaitAlarm(HOUR);
    String young = first.await(first.startExecution(machine, "{}")).executionArn();
    int files = journals(before).size();

    time.advance(Duration.ofDays(10).plus(HOUR));
    time.awaitAlarm(HOUR);

    assertThat(first.sfn().listExecutions(r -> r.stateMachineArn(machine)).executions())
        .extracting(item -> item.executionArn())
        .containsExactly(young)
        .doesNotContain(old);
    assertThat(journals(before)).hasSize(files - 1);
  }

  private static List<Path> journals(Path directory) {
    try (var paths = Files.walk(directory.resolve("executions"))) {
      return paths.filter(path -> path.toString().endsWith(".jsonl")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
