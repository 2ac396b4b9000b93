package org.touchstone.emulators.stepfunctions.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.FAILED;
import static software.amazon.awssdk.services.sfn.model.ExecutionStatus.SUCCEEDED;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.touchstone.emulators.stepfunctions.integration.TaskFailedException;
import org.touchstone.emulators.stepfunctions.json.Payload;
import org.touchstone.emulators.stepfunctions.testing.TestServer;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

class CatchTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start()
            .function("fail", p -> new TestServer.Failure("MyError", "it broke"))
            .function("bug", p -> badly())
            .function("garbled", p -> new TestServer.Answer("{"))
            .function(
                "huge", p -> new TestServer.Answer("\"" + "x".repeat(Payload.MAX_BYTES) + "\""))
            .function(
                "throttled",
                p -> {
                  throw new TaskFailedException("Lambda.TooManyRequestsException", "slow down");
                });
  }

  private static TestServer.Reply badly() {
    throw new IllegalStateException("a bug");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aCatcherSeesTheErrorAndTheInputAndLeadsOn() {
    DescribeExecutionResponse execution =
        run(
            "fail",
            """
            {"ErrorEquals":["Other"],"Next":"Wrong"},
            {"ErrorEquals":["MyError"],"Assign":{"seen":"{% $states.errorOutput.Error %}"},
             "Output":{"cause":"{% $parse($states.errorOutput.Cause).errorMessage %}",
                       "input":"{% $states.input %}"},"Next":"Caught"}
            """);

    assertThat(execution.status()).isEqualTo(SUCCEEDED);
    assertThat(execution.output())
        .isEqualTo("[{\"cause\":\"it broke\",\"input\":{\"k\":1}},\"MyError\"]");
  }

  @Test
  void withoutAnOutputTheErrorIsTheNextInput() {
    DescribeExecutionResponse execution =
        run(
            "throttled",
            "{\"ErrorEquals\":[\"States.ALL\"],\"Assign\":{\"seen\":1},\"Next\":\"Caught\"}");

    assertThat(execution.output())
        .isEqualTo("[{\"Error\":\"Lambda.TooManyRequestsException\",\"Cause\":\"slow down\"},1]");
  }

  @ParameterizedTest
  @CsvSource({
    "fail, States.TaskFailed, MyError",
    "fail, States.ALL, MyError",
    "bug, Lambda.Unknown, Lambda.Unknown",
    "garbled, Lambda.Unknown, Lambda.Unknown",
    "absent, Lambda.ResourceNotFoundException, Lambda.ResourceNotFoundException",
    "huge, States.DataLimitExceeded, States.DataLimitExceeded",
  })
  void catchesByName(String function, String name, String error) {
    DescribeExecutionResponse execution =
        run(
            function,
            "{\"ErrorEquals\":[\""
                + name
                + "\"],\"Assign\":{\"seen\":\"{% $states.errorOutput.Error %}\"},"
                + "\"Output\":1,\"Next\":\"Caught\"}");

    assertThat(execution.output()).isEqualTo("[1,\"" + error + "\"]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"States.ALL", "States.TaskFailed"})
  void wildCardsDoNotCatchATooLargeResult(String name) {
    DescribeExecutionResponse execution =
        run(
            "huge",
            "{\"ErrorEquals\":[\"" + name + "\"],\"Assign\":{\"seen\":1},\"Next\":\"Caught\"}");

    assertThat(execution.status()).isEqualTo(FAILED);
    assertThat(execution.error()).isEqualTo("States.DataLimitExceeded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"States.ALL", "States.Runtime"})
  void nothingCatchesARuntimeError(String name) {
    DescribeExecutionResponse execution =
        server.run(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":"{%% [1] %%}",
              "Catch":[{"ErrorEquals":["%s"],"Next":"Caught"}],"End":true},
            "Caught":{"Type":"Succeed"}
            """
                .formatted(name),
            "{}");

    assertThat(execution.error()).isEqualTo("States.Runtime");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Arguments\":{\"FunctionName\":\"{% $nobody %}\"}",
        "\"Arguments\":{\"FunctionName\":\"echo\"},\"Output\":\"{% $states.result.absent %}\"",
        "\"Arguments\":{\"FunctionName\":\"echo\"},\"Assign\":{\"x\":\"{% 1 + 'a' %}\"}",
        "\"Arguments\":{\"FunctionName\":\"echo\"},\"TimeoutSeconds\":\"{% 'soon' %}\"",
        "\"Arguments\":{\"FunctionName\":\"echo\"},\"TimeoutSeconds\":\"{% 0 %}\"",
      })
  void anExpressionThatFailsInATaskIsCaught(String fields) {
    server.function("echo", TestServer.Answer::new);
    DescribeExecutionResponse execution =
        server.run(
            "T",
            """
            "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",%s,
              "Catch":[{"ErrorEquals":["States.QueryEvaluationError"],
                        "Output":"{% $states.errorOutput.Error %}","Next":"Caught"}],"End":true},
            "Caught":{"Type":"Succeed"}
            """
                .replace("%s", fields),
            "{}");

    assertThat(execution.output()).isEqualTo("\"States.QueryEvaluationError\"");
    assertThat(server.eventTypes(execution.executionArn())).contains("EvaluationFailed");
  }

  @Test
  void aCatcherThatFailsItselfFailsTheExecution() {
    DescribeExecutionResponse execution =
        run(
            "fail",
            "{\"ErrorEquals\":[\"States.ALL\"],\"Assign\":{\"seen\":1},"
                + "\"Output\":\"{% $states.errorOutput.absent %}\",\"Next\":\"Caught\"}");

    assertThat(execution.error()).isEqualTo("States.QueryEvaluationError");
    assertThat(execution.cause()).contains("'Catch[0]/Output' returned nothing (undefined).");
  }

  @Test
  void aMapCatchesTheErrorOfAnIteration() {
    DescribeExecutionResponse execution =
        server.run(
            "M",
            """
            "M":{"Type":"Map","Items":[1,2],"ItemProcessor":{"StartAt":"F","States":{
                "F":{"Type":"Fail","Error":"Item","Cause":"{% 'no ' & $states.context.Map.Item.Value %}"}}},
              "MaxConcurrency":1,"Catch":[{"ErrorEquals":["Item"],"Next":"Caught"}],"End":true},
            "Caught":{"Type":"Succeed"}
            """,
            "{}");

    assertThat(execution.output()).isEqualTo("{\"Error\":\"Item\",\"Cause\":\"no 1\"}");
  }

  private static DescribeExecutionResponse run(String function, String catchers) {
    String wrong =
        catchers.contains("Wrong") ? ",\"Wrong\":{\"Type\":\"Fail\",\"Error\":\"Wrong\"}" : "";
    return server.run(
        "T",
        """
        "T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
          "Arguments":{"FunctionName":"%s"},"Catch":[%s],"End":true},
        "Caught":{"Type":"Succeed","Output":"{%% [$states.input, $seen] %%}"}
        """
                .formatted(function, catchers)
            + wrong,
        "{\"k\":1}");
  }
}
