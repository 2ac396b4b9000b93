package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.FAILED;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.SUCCEEDED;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidExecutionInputException;

class LimitsTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start().function("echo", TestServer.Answer::new);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void takesInputsUpToTheLimitInBytes() {
    String machine = server.machine("A", "\"A\":{\"Type\":\"Succeed\",\"Output\":1}");
    // Two bytes of UTF-8 each, and two quotation marks.
    String largest = "\"" + "é".repeat(Payload.MAX_BYTES / 2 - 1) + "\"";

    assertThat(server.await(server.startExecution(machine, largest)).status()).isEqualTo(SUCCEEDED);
    assertThatThrownBy(() -> server.startExecution(machine, largest + " "))
        .isInstanceOf(InvalidExecutionInputException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"A\":{\"Type\":\"Pass\",\"Output\":\"{% $large %}\",\"End\":true}",
        "\"A\":{\"Type\":\"Pass\",\"Assign\":{\"v\":\"{% $large %}\"},\"End\":true}",
        "\"A\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::lambda:invoke\","
            + "\"Arguments\":{\"FunctionName\":\"echo\",\"Payload\":\"{% $large %}\"},\"End\":true}",
        "\"A\":{\"Type\":\"Map\",\"Items\":\"{% [1,2] %}\",\"ItemProcessor\":{\"StartAt\":\"I\","
            + "\"States\":{\"I\":{\"Type\":\"Pass\",\"Output\":\"{% $half %}\",\"End\":true}}},"
            + "\"Output\":1,\"End\":true}",
        "\"A\":{\"Type\":\"Parallel\",\"Arguments\":\"{% $large %}\",\"Branches\":[{\"StartAt\":\"I\","
            + "\"States\":{\"I\":{\"Type\":\"Succeed\"}}}],\"End\":true}",
        "\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":true,\"Output\":\"{% $large %}\","
            + "\"Next\":\"I\"}]},\"I\":{\"Type\":\"Succeed\"}",
      })
  void refusesWhatIsLargerAlongTheWay(String state) {
    DescribeExecutionResponse execution =
        server.run("A", state.replace("$large", doubled(15)).replace("$half", doubled(14)), "{}");

    assertThat(execution.status()).isEqualTo(FAILED);
    assertThat(execution.error()).isEqualTo("States.DataLimitExceeded");
  }

  /** An expression that gives 8 characters, doubled {@code times} times. */
  private static String doubled(int times) {
    return "($d := function($s, $n) { $n = 0 ? $s : $d($s & $s, $n - 1) }; $d('xxxxxxxx', "
        + times
        + "))";
  }

  @Test
  void anEndlessExecutionEndsWhenItsHistoryIsFull() {
    DescribeExecutionResponse execution =
        server.run(
            "A",
            "\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":true,\"Next\":\"A\"}],\"Default\":\"E\"},"
                + "\"E\":{\"Type\":\"Succeed\"}",
            "{}");

    assertThat(execution.error()).isEqualTo("States.Runtime");
    assertThat(execution.cause()).contains("25000");
    HistoryEvent last =
        server
            .sfn()
            .getExecutionHistory(
                r -> r.executionArn(execution.executionArn()).reverseOrder(true).maxResults(1))
            .events()
            .getFirst();
    assertThat(last.id()).isEqualTo(25_000);
    assertThat(last.typeAsString()).isEqualTo("ExecutionFailed");
  }
}
