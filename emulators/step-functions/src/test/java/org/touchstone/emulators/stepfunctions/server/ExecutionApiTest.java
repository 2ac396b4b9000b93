package org.touchstone.emulators.stepfunctions.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.InvalidArnException;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

class ExecutionApiTest {
  private static final String WAIT =
      """
      "C":{"Type":"Choice","Choices":[{"Condition":"{% $states.input.wait = true %}","Next":"W"}],
           "Default":"E"},
      "W":{"Type":"Wait","Seconds":86400,"Next":"E"},
      "E":{"Type":"Succeed"}
      """;

  private final TestServer server = TestServer.start();
  private final String machine = server.machine("C", WAIT);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void startingARunningExecutionAgainGivesTheSameOne() {
    StartExecutionResponse first = start("a", "{\"wait\":true,\"n\":1}");

    StartExecutionResponse again = start("a", "{ \"n\": 1, \"wait\": true }");
    assertThat(again.executionArn()).isEqualTo(first.executionArn());
    assertThat(again.startDate()).isEqualTo(first.startDate());
    assertThatThrownBy(() -> start("a", "{\"wait\":true,\"n\":2}"))
        .isInstanceOf(ExecutionAlreadyExistsException.class)
        .hasMessageContaining(first.executionArn());
    assertThat(server.sfn().listExecutions(r -> r.stateMachineArn(machine)).executions())
        .hasSize(1);
  }

  @Test
  void anEndedExecutionsNameStaysTaken() {
    server.await(start("a", "{}").executionArn());

    assertThatThrownBy(() -> start("a", "{}")).isInstanceOf(ExecutionAlreadyExistsException.class);
  }

  @Test
  void startingOneExecutionManyTimesAtOnceStartsItOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(() -> start("a", "{\"wait\":true}").executionArn());
      }
      for (Future<String> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isEqualTo(machine.replace(":stateMachine:", ":execution:") + ":a");
      }
    }
    assertThat(server.changes()).hasSize(1);
  }

  @Test
  void refusesInputThatIsNotJson() {
    assertThatThrownBy(() -> start("a", "{")).isInstanceOf(InvalidExecutionInputException.class);
    assertThatThrownBy(() -> start("a", "{} {}"))
        .isInstanceOf(InvalidExecutionInputException.class);
  }

  @Test
  void describesARunningExecution() {
    String arn = start("a", "{\"wait\":true}").executionArn();

    DescribeExecutionResponse execution = server.sfn().describeExecution(r -> r.executionArn(arn));

    assertThat(execution.status()).isEqualTo(ExecutionStatus.RUNNING);
    assertThat(execution.name()).isEqualTo("a");
    assertThat(execution.stateMachineArn()).isEqualTo(machine);
    assertThat(execution.input()).isEqualTo("{\"wait\":true}");
    assertThat(execution.startDate()).isNotNull();
    assertThat(execution.stopDate()).isNull();
    assertThat(execution.output()).isNull();
  }

  @Test
  void stopsAnExecutionOnceAndForAll() {
    String arn = start("a", "{\"wait\":true}").executionArn();

    server.awaitEvents(arn, "WaitStateEntered", 1);

    var stopped = server.sfn().stopExecution(r -> r.executionArn(arn).error("E").cause("c"));

    DescribeExecutionResponse execution = server.sfn().describeExecution(r -> r.executionArn(arn));
    assertThat(execution.status()).isEqualTo(ExecutionStatus.ABORTED);
    assertThat(execution.error()).isEqualTo("E");
    assertThat(execution.cause()).isEqualTo("c");
    assertThat(execution.stopDate()).isEqualTo(stopped.stopDate());
    assertThat(server.eventTypes(arn)).endsWith("WaitStateEntered", "ExecutionAborted");

    assertThat(server.sfn().stopExecution(r -> r.executionArn(arn).error("other")).stopDate())
        .isEqualTo(stopped.stopDate());
    server.await(arn);
    assertThat(server.sfn().stopExecution(r -> r.executionArn(arn)).stopDate())
        .isEqualTo(stopped.stopDate());
  }

  @Test
  void aStoppedExecutionWithoutAReasonHasNone() {
    String arn = start("a", "{\"wait\":true}").executionArn();

    server.sfn().stopExecution(r -> r.executionArn(arn));

    assertThat(server.await(arn).error()).isNull();
  }

  @Test
  void tellsUnknownExecutionsFromBadArns() {
    String unknown = machine.replace(":stateMachine:", ":execution:") + ":gone";
    assertThatThrownBy(() -> server.sfn().describeExecution(r -> r.executionArn(unknown)))
        .isInstanceOf(ExecutionDoesNotExistException.class);
    assertThatThrownBy(() -> server.sfn().stopExecution(r -> r.executionArn(unknown)))
        .isInstanceOf(ExecutionDoesNotExistException.class);
    assertThatThrownBy(() -> server.sfn().getExecutionHistory(r -> r.executionArn(unknown)))
        .isInstanceOf(ExecutionDoesNotExistException.class);
    assertThatThrownBy(() -> server.sfn().describeExecution(r -> r.executionArn(machine)))
        .isInstanceOf(InvalidArnException.class);
  }

  @Test
  void listsExecutionsLatestFirstByStatusAndInPages() {
    for (int i = 0; i < 5; i++) {
      server.await(start("done-" + i, "{}").executionArn());
    }
    start("waiting", "{\"wait\":true}");

    assertThat(names(null, 2)).hasSize(6).startsWith("waiting");
    assertThat(names(ExecutionStatus.SUCCEEDED, 2))
        .containsExactlyInAnyOrder("done-0", "done-1", "done-2", "done-3", "done-4");
    assertThat(names(ExecutionStatus.RUNNING, 1)).containsExactly("waiting");
    assertThat(names(ExecutionStatus.FAILED, 1)).isEmpty();
    assertThatThrownBy(
            () ->
                server.sfn().listExecutions(r -> r.stateMachineArn(machine).nextToken("nonsense")))
        .isInstanceOf(InvalidTokenException.class);
  }

  private List<String> names(ExecutionStatus status, int pageSize) {
    return server
        .sfn()
        .listExecutionsPaginator(
            r -> r.stateMachineArn(machine).statusFilter(status).maxResults(pageSize))
        .executions()
        .stream()
        .map(ExecutionListItem::name)
        .toList();
  }

  private StartExecutionResponse start(String name, String input) {
    return server.sfn().startExecution(r -> r.stateMachineArn(machine).name(name).input(input));
  }
}
