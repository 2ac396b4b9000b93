package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatus;
import org.touchstone.emulators.stepfunctions.api.ExecutionStatusChange;
import org.touchstone.emulators.stepfunctions.testing.ManualTime;
import org.touchstone.emulators.stepfunctions.testing.TestServer;

class ListenerTest {
  @Test
  void isToldOfTheStartAndThenOfTheEnd() {
    try (TestServer server = TestServer.start()) {
      String machine =
          server.machine(
              "A", "\"A\":{\"Type\":\"Succeed\",\"Output\":\"{% $states.input.n + 1 %}\"}");
      String succeeded = server.await(server.startExecution(machine, "{\"n\":1}")).executionArn();

      assertThat(server.changes())
          .extracting(ExecutionStatusChange::status)
          .containsExactly(ExecutionStatus.RUNNING, ExecutionStatus.SUCCEEDED);
      ExecutionStatusChange start = server.changes().getFirst();
      assertThat(start.stopDate()).isNull();
      assertThat(start.output()).isNull();
      ExecutionStatusChange end = server.changes().getLast();
      assertThat(end.executionArn()).isEqualTo(succeeded);
      assertThat(end.stateMachineArn()).isEqualTo(machine);
      assertThat(end.startDate()).isEqualTo(start.startDate());
      assertThat(end.stopDate()).isNotNull();
      assertThat(end.input()).isEqualTo("{\"n\":1}");
      assertThat(end.output()).isEqualTo("2");
    }
  }

  @Test
  void isToldOfErrors() {
    try (TestServer server = TestServer.start()) {
      server.run("F", "\"F\":{\"Type\":\"Fail\",\"Error\":\"E\",\"Cause\":\"c\"}", "{}");

      ExecutionStatusChange end = server.changes().getLast();
      assertThat(end.status()).isEqualTo(ExecutionStatus.FAILED);
      assertThat(end.error()).isEqualTo("E");
      assertThat(end.cause()).isEqualTo("c");
    }
  }

  @Test
  void isToldAgainAfterItThrew() {
    ManualTime time = new ManualTime();
    AtomicInteger failures = new AtomicInteger(2);
    try (TestServer server =
        TestServer.start(
            builder -> builder.timekeeper(time),
            change -> {
              if (change.status() == ExecutionStatus.SUCCEEDED && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
              }
            })) {
      String execution =
          server.startExecution(server.machine("A", "\"A\":{\"Type\":\"Succeed\"}"), "{}");

      time.awaitAlarm(Duration.ofSeconds(2)).advance(Duration.ofSeconds(2));
      time.awaitAlarm(Duration.ofSeconds(4)).advance(Duration.ofSeconds(4));

      server.await(execution);
      assertThat(server.changes())
          .filteredOn(change -> change.status() == ExecutionStatus.SUCCEEDED)
          .hasSize(3);
    }
  }
}
